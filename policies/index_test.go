package policies_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/audition-dev/audition/internal/golden"
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
	golden.Compare(t, "README.md", b.Bytes())
}
