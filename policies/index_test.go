package policies_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/maestro"
)

// TestIndex keeps README.md equal to the metadata of the rules.
func TestIndex(t *testing.T) {
	rules, f := engine(t).Rules(), framework(t)
	var b bytes.Buffer
	fmt.Fprintf(&b, "# The rules\n\nGenerated from the metadata of the rule files by `go test ./policies -update`. %d rules for %s.\n", len(rules), f.Name)
	section := func(layer, title string) {
		fmt.Fprintf(&b, "\n## %s %s\n\n| rule | kind | severity | possible | finds |\n| --- | --- | --- | --- | --- |\n", layer, title)
		for _, r := range rules {
			if r.Layer != layer {
				continue
			}
			possible := string(r.Possible)
			if r.Kind == maestro.Gap || r.Kind == maestro.Strength {
				possible = ""
			}
			fmt.Fprintf(&b, "| [%s](%s) | %s | %s | %s | %s |\n", r.ID, r.File, r.Kind, r.Severity, possible, r.Title)
		}
	}
	for _, l := range f.Layers {
		section(l.ID, l.Title)
	}
	section(maestro.CrossLayer, "Several layers")
	golden.Compare(t, "README.md", b.Bytes())
}
