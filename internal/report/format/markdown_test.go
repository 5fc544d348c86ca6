package format

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

// TestMarkdownCannotBeMarked: text of a profile is text.
func TestMarkdownCannotBeMarked(t *testing.T) {
	got := print.Markdown(reporttest.HostileText)
	if bad := regexp.MustCompile("[]\\[`*_<>|~$\\\\]|@[^&]|#[^&0-9]|:[^& ]|(?i)www\\.|gh-[0-9]|&[^#agl]").FindString(strings.NewReplacer("&#8203;", "&#8203; ").Replace(got)); bad != "" {
		t.Errorf("%q in %s", bad, got)
	}
	for text, want := range map[string]string{
		"a b-c (d), e.f! g: h": "a b-c (d), e.f! g: h", "@a": "@&#8203;a", "#1": "#&#8203;1", "<b>": "&lt;b&gt;", "a|b": "a&#124;b", "&lt;": "&amp;lt;",
		"https://x": "https:&#8203;//x", "WWW.x": "WWW&#8203;.x", "GH-1": "GH&#8203;-1", "high-risk": "high-risk", "\x1b[1m": `&#92;u001b&#91;1m`, " a\nb ": "a b",
	} {
		if got := print.Markdown(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
	// Of lines that a profile could begin, none is begun by it.
	for _, line := range strings.Split(string(reporttest.PrintIn(t, Markdown, print.Options{}, reporttest.Hostile(t))), "\n") {
		if !regexp.MustCompile(`^($|<!-- audition:|## |\*\*AIVSS|\*\*Loosened\*\*, |Why |- |<details>|</details>|\| |\\u001b|&#92;u001b)`).MatchString(line) {
			t.Errorf("line %q", line)
		}
	}
}

// TestMarkdownIsFoundAgain: by a mark that no name can end.
func TestMarkdownIsFoundAgain(t *testing.T) {
	v := reporttest.Changed(t)
	for name, want := range map[string]string{
		"changed": "<!-- audition:changed -->", "a --> b": "<!-- audition:a%20--%3E%20b -->", "a\nb": "<!-- audition:a%20b -->", "é/%": "<!-- audition:" + url.PathEscape("é/%") + " -->",
	} {
		v.Subject.Name = name
		if mark, _, _ := strings.Cut(string(reporttest.PrintIn(t, Markdown, print.Options{}, v)), "\n"); mark != want {
			t.Errorf("got %s, want %s", mark, want)
		}
	}
	if mark, _, _ := strings.Cut(string(reporttest.PrintIn(t, Markdown, print.Options{}, v, v)), "\n"); mark != "<!-- audition -->" {
		t.Errorf("several: %s", mark)
	}
}

// TestMarkdownFits: GitHub refuses a comment of more than 65,536 characters.
func TestMarkdownFits(t *testing.T) {
	large := reporttest.Hostile(t)
	large.Subject.Title = strings.Repeat("@", 100_000)
	large.Findings, large.Reasons = slices.Repeat(large.Findings, 2), slices.Repeat(large.Reasons, 30)
	large.Waivers, large.Layers, large.Questions = slices.Repeat(large.Waivers, 40), slices.Repeat(large.Layers, 10), slices.Repeat(large.Questions, 20)
	for n := range 5 {
		for _, v := range []*verdict.Verdict{large, reporttest.Changed(t), reporttest.Example(t, "release-notes")} {
			all := slices.Repeat([]*verdict.Verdict{v}, 1<<(2*n))
			got := string(reporttest.PrintIn(t, Markdown, print.Options{}, all...))
			if len(got) > 65_536 || len(got) < 2000 {
				t.Errorf("%d of %s: %d bytes", len(all), v.Subject.Name, len(got))
			}
			if strings.Count(got, "<details>") != strings.Count(got, "</details>") {
				t.Errorf("%d of %s: a section is not closed", len(all), v.Subject.Name)
			}
			if (v == large || len(all) > 100) && !strings.Contains(got, " more") && !strings.Contains(got, "no room") {
				t.Errorf("%d of %s: nothing says that something is left out", len(all), v.Subject.Name)
			}
		}
	}
}
