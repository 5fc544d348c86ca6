// Package html prints a verdict as a page, and several as a site.
package html

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// The law of this format: a page is whole in itself, asks nobody for anything and
// is complete without script. Whatever a verdict says goes through html/template
// as text; on top of that no control character survives tidy. What a colour says,
// a word or a shape says too.

//go:embed *.html *.css *.js
var htmlFiles embed.FS

// Page prints one verdict as a page of its own.
func Page(v *verdict.Verdict) ([]byte, error) {
	return newPage(v, false).render()
}

// document prints the page of one agent, or says that none could be judged.
// Several verdicts are a site, see Site.
type document struct {
	w    io.Writer
	v    *verdict.Verdict
	n    int
	open print.Unjudged
}

// Document prints one page.
func Document(w io.Writer, _ print.Options) print.Writer { return &document{w: w} }

func (d *document) Write(v *verdict.Verdict) error {
	d.v, d.n = v, d.n+1
	return nil
}

func (d *document) Undecided(u verdict.Undecided) error {
	d.open = append(d.open, u)
	return nil
}

func (d *document) Close() error {
	var data []byte
	var err error
	switch {
	case d.n == 0 && len(d.open) > 0:
		x := newIndex(nil)
		x.Open = d.open
		data, err = x.render()
	case d.n == 1:
		p := newPage(d.v, false)
		p.Open = d.open
		data, err = p.render()
	default:
		return fmt.Errorf("html: a page holds one agent, got %d; -o html=DIR writes a site", d.n)
	}
	if err != nil {
		return err
	}
	_, err = d.w.Write(data)
	return err
}

// assets are what is read of the embedded files, once.
type assets struct {
	templates             *template.Template
	pageStyle, indexStyle string
	script                string
}

// embedded reads the templates. A broken one is a fault of the program: it panics.
var embedded = sync.OnceValue(func() assets {
	file := func(name string) string {
		data, err := htmlFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		return string(tidy(cssComment.ReplaceAll(data, nil)))
	}
	base := file("base.css")
	return assets{
		templates:  template.Must(template.New("").Funcs(functions).ParseFS(htmlFiles, "*.html")),
		pageStyle:  base + file("page.css"),
		indexStyle: base + file("index.css"),
		script:     file("index.js"),
	}
})

var cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)

// render fills a template and tidies what comes out.
func render(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := embedded().templates.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("html: %w", err)
	}
	return tidy(b.Bytes()), nil
}

// tidy drops indentation and empty lines, and shows control characters as escapes:
// no text of a profile can turn the direction of what stands around it.
func tidy(text []byte) []byte {
	var b bytes.Buffer
	b.Grow(len(text))
	for line := range bytes.Lines(text) {
		if s := print.Clean(string(bytes.TrimSpace(line))); s != "" {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	return b.Bytes()
}

// security is a policy that lets a page load nothing and run only its own style
// and script, "" for none.
func security(style, script string) string {
	policy := "default-src 'none'; img-src data:; style-src " + hash(style) + "; base-uri 'none'; form-action 'none'"
	if script != "" {
		policy += "; script-src " + hash(script)
	}
	return policy
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// functions are what the templates call.
var functions = template.FuncMap{
	"path": print.Path, "interval": openInterval, "title": capital, "means": print.Means, "ruling": print.Ruling, "way": print.Way, "turns": print.Turns, "leads": print.Leads, "settles": print.Settles, "driven": print.Driven, "value": print.Value, "span": print.Span,
	"inc": func(i int) int { return i + 1 }, "count": print.Count, "address": webAddress, "fact": reasonText,
	"name":  func(rule, term string) string { return verdict.Finding{Rule: rule, Term: term}.Name() },
	"basis": print.Basis, "origin": print.Origin, "line": print.Line, "unheeded": print.Unheeded, "unasked": print.Unasked, "formula": formulaOf, "ledger": ledger, "steps": steps, "metrics": metricRows, "radar": radarOf, "because": reasonsOf,
	"tenths":     func(t aivss.Tenths) int { return int(t) },
	"percent":    func(t aivss.Tenths) string { return share(int(t), 100) },
	"hundredths": func(h aivss.Hundredths) string { return share(int(h), 100) },
	"less":       func(a, b aivss.Hundredths) string { return share(int(a-b), 100) },
	"share":      share, "layerTag": print.Tag, "coverage": print.Coverage,
}

// capital writes a word with a capital first letter.
func capital(word any) string {
	s := fmt.Sprint(word)
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// share is a part of a whole in percent, as SVG measures.
func share(part, whole int) string { return fmt.Sprintf("%d%%", 100*part/max(whole, 1)) }

// webAddress returns s if it is the address of a web page and nothing else, or "".
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsFunc(s, unicode.IsSpace) || print.Clean(s) != s {
		return ""
	}
	return s
}
