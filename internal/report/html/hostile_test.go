package html

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

// hostileTexts are texts that would be something else than text in a careless page.
var hostileTexts = []string{
	`<script>alert(1)</script>`, `</style></title></script><img src=x onerror=alert(1)>`, `"><svg/onload=alert(1)>`, `' onmouseover='alert(1)`,
	"javascript:alert(1)", "]]>", "<!--", "-->", "{{.}}", "&lt;b&gt;&amp;", "`${alert(1)}`", "a\u202eb\u2066c\u2028d\x00e\x1bf\u0085g\ufeff", strings.Repeat("x", 10_000),
	"https://evil.example/ onclick=alert(1)", "\xff\xfe",
}

// TestHostileHTML: text in any field leaves the page with the very tags and
// attributes that harmless text leaves, is still there to read, and turns nothing.
func TestHostileHTML(t *testing.T) {
	plain := skeleton(t, htmlOf(t, poisoned(t, "/a")))
	for _, text := range hostileTexts {
		data := htmlOf(t, poisoned(t, text))
		if got := skeleton(t, data); got != plain {
			t.Errorf("%.60q becomes markup: %s", text, difference(plain, got))
		}
		validate(t, fmt.Sprintf("%.20q", text), data)
		if want := print.Clean(strings.ReplaceAll(text, "\x00", "\ufffd")); !strings.Contains(textOf(t, data), want) {
			t.Errorf("%.60q cannot be read any more", text)
		}
		site := map[string][]byte{}
		if err := printSite([]*verdict.Verdict{poisoned(t, text)}, func(name string, data []byte) error { site[name] = data; return nil }); err != nil {
			t.Fatal(err)
		}
		for name, data := range site {
			validate(t, name, data)
			if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" || len(name) > 80 {
				t.Errorf("%.60q: file name %q", text, name)
			}
		}
	}
}

// poisoned is everything with a text in place of every string that a person
// writes; words of an enumeration stay.
func poisoned(t testing.TB, text string) *verdict.Verdict {
	v := everything(t)
	leaves(reflect.ValueOf(v), "", func(name string, leaf reflect.Value) {
		if leaf.Kind() == reflect.String && leaf.CanSet() && leaf.Type() == reflect.TypeFor[string]() && name != "Layers.Tag" {
			leaf.SetString(text)
		}
	})
	for i := range v.Findings {
		for j := range v.Findings[i].Facts {
			v.Findings[i].Facts[j].Value = text
		}
	}
	return v
}

func TestWebAddress(t *testing.T) {
	for _, s := range []string{"https://a.example/x?y=1#z", "http://a.example"} {
		if webAddress(s) != s {
			t.Errorf("%q is no link", s)
		}
	}
	for _, s := range []string{"", "javascript:alert(1)", " https://a.example", "https://a.example/ x", "https:///x", "https:a", "HTTPS//a", "data:text/html,x", "//a.example", "https://a.example/\u202e", "vbscript:x", "A-1", "file:///etc/passwd", "https://a b", "https://%zz"} {
		if got := webAddress(s); got != "" {
			t.Errorf("%q becomes a link to %q", s, got)
		}
	}
}

// difference shows where two skeletons part.
func difference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("…%s against …%s", a[max(0, i-40):min(len(a), i+60)], b[max(0, i-40):min(len(b), i+60)])
}

// FuzzHTML: no name, summary or value of a fact becomes markup.
func FuzzHTML(f *testing.F) {
	for _, text := range hostileTexts {
		f.Add(text)
	}
	base := reporttest.Example(f, "release-notes")
	page := func(t testing.TB, text string) string {
		v := *base
		v.Findings = slices.Clone(v.Findings)
		v.Subject.Name, v.Subject.Summary, v.Findings[0].Message = text, "a"+text, text
		v.Findings[0].Facts = []verdict.Fact{{Pointer: "/a", Disclosed: true, Value: text}}
		return skeleton(t, htmlOf(t, &v))
	}
	plain := page(f, "a")
	f.Fuzz(func(t *testing.T, text string) {
		if got := page(t, text); got != plain {
			t.Errorf("%q becomes markup: %s", text, difference(plain, got))
		}
	})
}
