package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

// in prints verdicts in a format.
func in(t testing.TB, format string, o print.Options, vs ...*verdict.Verdict) []byte {
	t.Helper()
	f, err := For(format)
	if err != nil {
		t.Fatal(err)
	}
	return reporttest.PrintIn(t, f.Open, o, vs...)
}

// TestSameBytes: printing changes nothing, and twice gives the same.
func TestSameBytes(t *testing.T) {
	all := reporttest.Golds(t)
	for _, format := range Names() {
		all := all
		if format == "html" {
			all = all[3:] // a page holds one agent
		}
		before := in(t, "json", print.Options{}, all...)
		once := in(t, format, print.Options{}, all...)
		if !bytes.Equal(once, in(t, format, print.Options{}, all...)) {
			t.Errorf("%s: other bytes the second time", format)
		}
		if !bytes.Equal(before, in(t, "json", print.Options{}, all...)) {
			t.Errorf("%s changes the verdicts", format)
		}
	}
}

// TestHostileFormats: no format lets a character through that moves a cursor or
// hides text.
func TestHostileFormats(t *testing.T) {
	v := reporttest.Hostile(t)
	for _, format := range Names() {
		for _, vs := range [][]*verdict.Verdict{{v}, {v, v}} {
			if format == "html" && len(vs) > 1 {
				continue // a page holds one agent
			}
			for _, line := range strings.Split(string(in(t, format, print.Options{}, vs...)), "\n") {
				if i := strings.IndexFunc(line, print.Hidden); i >= 0 {
					t.Fatalf("%s: %q", format, line[max(0, i-20):min(len(line), i+20)])
				}
			}
		}
	}
}

func TestNoVerdictIsMissed(t *testing.T) {
	all := reporttest.Golds(t)
	for _, format := range Names() {
		if format == "html" {
			continue // a page holds one agent, and TestSite counts those of a site
		}
		got := string(in(t, format, print.Options{}, all...))
		for _, v := range all {
			// GitLab's format has no place for agents, and none for approval.
			if name := v.Subject.Name; format != "gitlab" && !strings.Contains(got, name) {
				t.Errorf("%s says nothing of %s", format, name)
			}
		}
	}
}

func TestAsks(t *testing.T) {
	for _, c := range []struct {
		format string
		agents int
		want   bool
	}{{"text", 1, true}, {"text", 2, false}, {"json", 2, true}, {"yaml", 2, true}, {"sarif", 1, false}, {"markdown", 1, true}} {
		if got := Asks(c.format, c.agents); got != c.want {
			t.Errorf("%s of %d agents: %v", c.format, c.agents, got)
		}
	}
}
