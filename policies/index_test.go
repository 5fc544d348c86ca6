package policies_test

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report/show"
)

// TestIndex keeps README.md equal to the metadata of the rules.
func TestIndex(t *testing.T) {
	rules, f := engine(t).Rules(), framework(t)
	var b bytes.Buffer
	fmt.Fprintf(&b, "# The rules\n\nGenerated from the metadata of the rule files by `go test ./policies -update`. %d rules for %s.\n", len(rules), f.Name)
	b.WriteString("\n")
	if err := show.RulesMarkdown(&b, f, rules); err != nil {
		t.Fatal(err)
	}
	writeSubjects(&b)
	golden.Compare(t, "README.md", b.Bytes())
}

// writeSubjects writes a table of what does not apply to whom.
func writeSubjects(b *bytes.Buffer) {
	b.WriteString("\n# Who is judged\n\nGenerated from [subjects.yaml](subjects.yaml), which says what the columns mean. What does not apply is no silence; what is stated counts.\n")
	for _, s := range profile.Subjects() {
		fmt.Fprintf(b, "\n## %s\n\n`subject: %s` %s\n", strings.ToUpper(s.Title[:1])+s.Title[1:], s.ID, s.About)
		if len(s.NotApplicable) > 0 {
			b.WriteString("\n| does not apply | because |\n| --- | --- |\n")
		}
		for _, n := range s.NotApplicable {
			because := n.Because
			if len(n.Unless) > 0 {
				because += "; unless one of these is stated: " + coded(n.Unless)
			}
			fmt.Fprintf(b, "| %s | %s |\n", coded(append(slices.Clone(n.Facts), n.Rules...)), because)
		}
		if len(s.Contradicts) > 0 {
			b.WriteString("\n| an error | because |\n| --- | --- |\n")
		}
		for _, c := range s.Contradicts {
			of := coded([]string{c.Fact})
			if len(c.Values) > 0 {
				of += ": " + strings.Join(c.Values, ", ")
			}
			fmt.Fprintf(b, "| %s | %s |\n", of, c.Because)
		}
	}
}

func coded(words []string) string { return "`" + strings.Join(words, "`, `") + "`" }

// TestRulesOfSubjects: whatever rule the table of subjects names is there.
func TestRulesOfSubjects(t *testing.T) {
	rules := engine(t).Rules()
	for _, s := range profile.Subjects() {
		for _, n := range s.NotApplicable {
			for _, glob := range n.Rules {
				if !slices.ContainsFunc(rules, func(r maestro.Rule) bool { ok, _ := path.Match(glob, r.ID); return ok }) {
					t.Errorf("%s: no rule is %s", s.ID, glob)
				}
			}
		}
	}
}
