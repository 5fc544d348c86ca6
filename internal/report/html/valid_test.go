package html

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// void are elements without an end tag.
var void = []atom.Atom{atom.Meta, atom.Link, atom.Br, atom.Input}

// validate checks a page: every tag closed in order, ids unique and every
// reference to one met, headings in order, nothing loaded from elsewhere, and the
// policy that forbids it.
func validate(t testing.TB, name string, page []byte) {
	t.Helper()
	c := checker{t: t, name: name, ids: map[string]bool{}, z: html.NewTokenizer(bytes.NewReader(page))}
	for c.z.Next() != html.ErrorToken {
		c.token(c.z.Token())
	}
	if len(c.open) > 0 {
		c.errorf("left open: %v", c.open)
	}
	for _, id := range c.wanted {
		if !c.ids[id] {
			c.errorf("nothing has the id %q", id)
		}
	}
	if c.h1 != 1 || !c.lang || c.policy == "" {
		c.errorf("%d h1, language %v, policy %q", c.h1, c.lang, c.policy)
	}
	for _, r := range string(page) {
		if r != '\n' && r != ' ' && !unicode.IsPrint(r) {
			c.errorf("%U is in the page", r)
			break
		}
	}
}

type checker struct {
	t         testing.TB
	name      string
	z         *html.Tokenizer
	open      []string
	ids       map[string]bool
	wanted    []string
	h1, level int
	lang      bool
	policy    string
}

func (c *checker) errorf(format string, args ...any) {
	c.t.Helper()
	c.t.Errorf(c.name+": "+format, args...)
}

func (c *checker) token(tok html.Token) {
	switch tok.Type {
	case html.StartTagToken:
		if !slices.Contains(void, tok.DataAtom) {
			c.open = append(c.open, tok.Data)
		}
		c.start(tok)
	case html.SelfClosingTagToken:
		c.start(tok)
	case html.EndTagToken:
		if len(c.open) == 0 || c.open[len(c.open)-1] != tok.Data {
			c.errorf("</%s> closes %v", tok.Data, c.open)
			return
		}
		c.open = c.open[:len(c.open)-1]
	case html.TextToken:
		if len(c.open) > 0 && (c.open[len(c.open)-1] == "style" || c.open[len(c.open)-1] == "script") {
			if !strings.Contains(c.policy, hash(tok.Data)) {
				c.errorf("the policy does not allow this %s", c.open[len(c.open)-1])
			}
			if strings.Contains(tok.Data, "url(") != strings.Contains(tok.Data, "url(#") || strings.Contains(tok.Data, "@import") || strings.Contains(tok.Data, "fetch(") {
				c.errorf("%s loads something", c.open[len(c.open)-1])
			}
		}
	case html.CommentToken:
		c.errorf("comment %q", tok.Data)
	}
}

var heading = regexp.MustCompile(`^h[1-6]$`)

func (c *checker) start(tok html.Token) {
	if heading.MatchString(tok.Data) {
		level := int(tok.Data[1] - '0')
		if level > c.level+1 {
			c.errorf("h%d follows h%d", level, c.level)
		}
		c.level = level
		if level == 1 {
			c.h1++
		}
	}
	attr := map[string]string{}
	for _, a := range tok.Attr {
		attr[a.Key] = a.Val
		if strings.HasPrefix(a.Key, "on") || slices.Contains([]string{"style", "src", "srcset", "action", "formaction", "background", "poster"}, a.Key) {
			c.errorf("<%s %s=%q>", tok.Data, a.Key, a.Val)
		}
	}
	if id, ok := attr["id"]; ok {
		if c.ids[id] || id == "" || strings.ContainsFunc(id, unicode.IsSpace) {
			c.errorf("id %q is empty, has a space or stands twice", id)
		}
		c.ids[id] = true
	}
	if id := attr["aria-labelledby"]; id != "" {
		c.wanted = append(c.wanted, id)
	}
	c.lang = c.lang || tok.DataAtom == atom.Html && attr["lang"] == "en"
	if attr["http-equiv"] == "Content-Security-Policy" {
		c.policy = attr["content"]
		if !strings.HasPrefix(c.policy, "default-src 'none'; ") || strings.Contains(c.policy, "unsafe") {
			c.errorf("policy %q", c.policy)
		}
	}
	c.reference(tok, attr)
}

func (c *checker) reference(tok html.Token, attr map[string]string) {
	to, ok := attr["href"]
	switch {
	case !ok:
	case strings.HasPrefix(to, "#"):
		c.wanted = append(c.wanted, to[1:])
	case tok.DataAtom == atom.Link && attr["rel"] == "icon" && strings.HasPrefix(to, "data:image/svg+xml,"):
	case tok.DataAtom == atom.A && attr["rel"] == "noreferrer" && strings.HasPrefix(to, "https://"):
	case tok.DataAtom == atom.A && regexp.MustCompile(`^[a-z0-9-]+\.html$`).MatchString(to):
	default:
		c.errorf("<%s href=%q>", tok.Data, to)
	}
}

// skeleton is the tags and the names of the attributes of a page, without the
// lines that a label of the radar is broken into.
func skeleton(t testing.TB, page []byte) string {
	t.Helper()
	var b strings.Builder
	z := html.NewTokenizer(bytes.NewReader(page))
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		if tok.Data == "tspan" {
			continue
		}
		switch tok.Type {
		case html.StartTagToken, html.SelfClosingTagToken:
			b.WriteString("<" + tok.Data)
			for _, a := range tok.Attr {
				b.WriteString(" " + a.Key)
			}
			b.WriteString(">")
		case html.EndTagToken:
			b.WriteString("</" + tok.Data + ">")
		case html.CommentToken:
			b.WriteString("<!>")
		}
	}
	return b.String()
}

// textOf is what a reader sees of a page, with single spaces.
func textOf(t testing.TB, page []byte) string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.DataAtom != atom.Style && n.Parent.DataAtom != atom.Script {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// linksOf is where the links of a page lead.
func linksOf(t testing.TB, page []byte) []string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.DataAtom != atom.A {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "href" {
				out = append(out, a.Val)
			}
		}
	}
	return out
}
