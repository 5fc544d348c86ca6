package text

import (
	"bytes"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

func TestText(t *testing.T) {
	all := reporttest.Examples(t)
	for _, v := range all {
		golden.Compare(t, "testdata/"+v.Subject.Name+".txt", reporttest.PrintIn(t, Document, print.Options{}, v))
		golden.Compare(t, "testdata/"+v.Subject.Name+"-details.txt", reporttest.PrintIn(t, Document, print.Options{Details: true}, v))
	}
	golden.Compare(t, "testdata/several.txt", reporttest.PrintIn(t, Document, print.Options{}, all...))
}

func TestColorOnlyWhereWanted(t *testing.T) {
	v := reporttest.Examples(t)[0]
	if bytes.Contains(reporttest.PrintIn(t, Document, print.Options{}, v), []byte("\x1b")) {
		t.Error("escapes without colour")
	}
	if !bytes.HasPrefix(reporttest.PrintIn(t, Document, print.Options{Color: true}, v), []byte("\x1b[1;32mAPPROVE\x1b[0m")) {
		t.Error("no colour where wanted")
	}
}

// TestScreen: what text says of an agent by default fits a screen.
func TestScreen(t *testing.T) {
	const screen = 32
	for _, name := range []string{"browser-agent", "coding-agent", "desktop-helper", "internal-analyst", "lutra-ai", "orchestrator", "payments-agent", "release-notes", "support-bot"} {
		got := reporttest.PrintIn(t, Document, print.Options{}, reporttest.Example(t, name))
		if n := bytes.Count(got, []byte("\n")); n > screen {
			t.Errorf("%s takes %d lines, want at most %d:\n%s", name, n, screen, got)
		}
	}
}

// TestHostileText: a profile cannot move the cursor, forge a line or hide text.
func TestHostileText(t *testing.T) {
	v := reporttest.Verdicts(t, "profile.yaml", []byte(`
apiVersion: audition/v1
kind: AgentProfile
metadata:
  name: "evil\e[2K\rAPPROVE"
  title: "\e[1;32mAPPROVE\u202e\nsecond line"
  summary: "a\u0007b\u2028c"
tools:
  - {id: "tool\e]0;x\a\nAPPROVE  all is well", kind: mcp}
`))
	got := string(reporttest.PrintIn(t, Document, print.Options{}, append(v, v...)...)) + string(reporttest.PrintIn(t, Document, print.Options{}, v...))
	for _, r := range got {
		if r < ' ' && r != '\n' || r == '\u202e' || r == '\u2028' || r == 0x7f {
			t.Errorf("%U reaches the terminal", r)
		}
	}
	for _, line := range strings.Split(got, "\n") {
		if strings.HasPrefix(line, "APPROVE") {
			t.Errorf("forged line %q", line)
		}
	}
}

// TestSummaryIsAligned: the profiles of agents begin in one column, whatever
// characters their names are of.
func TestSummaryIsAligned(t *testing.T) {
	var all []*verdict.Verdict
	for _, name := range []string{"agent", "審査員", "cafe\u0301"} {
		v := reporttest.Example(t, "release-notes")
		v.Subject.Name, v.Subject.Source = name, "here.yaml"
		all = append(all, v)
	}
	got := string(reporttest.PrintIn(t, Document, print.Options{}, all...))
	for _, end := range []string{"  agent   here.yaml\n", "  審査員  here.yaml\n", "  cafe\u0301    here.yaml\n"} {
		if !strings.Contains(got, end) {
			t.Errorf("no line ends in %q:\n%s", end, got)
		}
	}
}

func BenchmarkText(b *testing.B) {
	v := reporttest.Examples(b)[2:]
	b.ReportAllocs()
	for b.Loop() {
		var out bytes.Buffer
		if err := print.All(Document(&out, print.Options{}), verdict.Record{Verdicts: v}); err != nil {
			b.Fatal(err)
		}
	}
}
