package format

import (
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/report/text"
	"github.com/audition-dev/audition/internal/verdict"
)

// TestApart: every format says in its first lines who was judged other than an agent,
// and what is declared not to apply.
func TestApart(t *testing.T) {
	v := reporttest.Example(t, "lutra-ai")
	v.Questions, v.Subject.Kind, v.Subject.KindTitle = nil, "tool_server", "a tool server"
	v.NotApplicable = []verdict.NotApplicable{
		{By: verdict.BySubject, Fact: "/model", Because: "whoever calls it brings the model", Line: 5},
		{By: verdict.ByProfile, Fact: "/secrets/storage", Because: "it is anonymous", Line: 9},
	}
	v.Layers[0].Tag, v.Layers[0].Applicable, v.Layers[0].Commentary = verdict.NoFactApplies, 0, "Not applicable: it is a tool server."
	strict := reporttest.Example(t, "release-notes")
	for _, c := range []struct {
		format string
		within int // bytes from the beginning
	}{{"text", 600}, {"markdown", 1200}, {"github", 900}, {"gitlab", 700}, {"junit", 1500}, {"sarif", 1 << 20}, {"json", 2000}, {"yaml", 2000}, {"ndjson", 1 << 20}} {
		got := printedRecord(t, c.format, verdict.Record{Verdicts: []*verdict.Verdict{v}})
		first := strings.NewReplacer("&#8203;", "", "\n", " ").Replace(got[:min(len(got), c.within)])
		for _, want := range []string{"a tool server", "secrets.storage: it is anonymous"} {
			if c.format == "json" || c.format == "yaml" || c.format == "ndjson" {
				want = strings.TrimPrefix(want, "secrets.storage: ")
				first = got
			}
			if !strings.Contains(first, want) {
				t.Errorf("%s: no %q in\n%s", c.format, want, first)
			}
		}
		if got := printedRecord(t, c.format, verdict.Record{Verdicts: []*verdict.Verdict{strict}}); strings.Contains(got, "judged as") || strings.Contains(got, "declared not applicable") {
			t.Errorf("%s: tells of an agent that it is one", c.format)
		}
	}
	for format, lines := range map[string][]string{
		"text": {
			"judged as a tool server; not applicable: model\n", "declared not applicable: secrets.storage: it is anonymous\n",
			"  L1 Foundation Models           not applicable\n     Not applicable: it is a tool server.\n",
			"\nNot applicable\n  - model: whoever calls it brings the model (it is a tool server)\n  - secrets.storage: it is anonymous (declared in line 9)\n",
		},
		"markdown": {"<summary>Not applicable (2)</summary>", "| not applicable |  | Not applicable: it is a tool server. |"},
	} {
		got := printedRecord(t, format, verdict.Record{Verdicts: []*verdict.Verdict{v}})
		if format == "text" {
			got = string(reporttest.PrintIn(t, text.Document, print.Options{Details: true}, v))
		}
		for _, want := range lines {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", format, want, got)
			}
		}
	}
}
