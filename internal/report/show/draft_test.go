package show

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
)

// drafted is a profile of which something is known, with places for the rest.
func drafted(t *testing.T, open ...Open) string {
	root := map[string]any{
		"apiVersion": "audition/v1", "kind": "AgentProfile", "metadata": map[string]any{"name": "a"},
		"execution": map[string]any{"runs_code": true},
		"tools":     []any{map[string]any{"id": "wiki", "kind": "saas"}},
	}
	var out bytes.Buffer
	if err := DraftYAML(&out, Imported{Document: document.Assemble("a.json", root, nil)}, open); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var everything = []Open{
	{"/network/egress", "none or open: What it reaches"}, {"/tools/0/audience", "a text: Who\n# it: is"}, {"/execution/sandbox/present", "true or false: One"},
	{"/execution/sandbox/kind", "a text: Which"}, {"/tools_complete", "true or false: All"}, {"/execution/environment", "a text: Where"}, {"/tools/7/kind", "lost: there is none"},
}

func TestDraft(t *testing.T) {
	const want = `# What stands behind a # is not disclosed. Write a value and take the # away, or let
# audition answer do it; the first sections change the verdict most.
apiVersion: audition/v1
kind: AgentProfile
metadata:
  name: a

# network:
#   egress: # none or open: What it reaches

tools:
  - id: wiki
    kind: saas
    # audience: # a text: Who\n# it: is
# tools_complete: # true or false: All

execution:
  runs_code: true
  # sandbox:
  #   present: # true or false: One
  #   kind: # a text: Which
  # environment: # a text: Where
`
	if got := drafted(t, everything...); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// TestDraftFilledIn takes the marks of comments away: what is left says all that was open,
// and nothing else.
func TestDraftFilledIn(t *testing.T) {
	mark := regexp.MustCompile(`(?m)^( *)# ( *[a-z_]+:)( #.*)?$`)
	text := mark.ReplaceAllStringFunc(drafted(t, everything...), func(line string) string {
		line = mark.ReplaceAllString(line, "$1$2$3")
		return strings.Replace(line, ": #", ": filled #", 1)
	})
	docs, err := document.Read("a.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, o := range everything[:6] {
		if got := docs[0].Value(o.Pointer); got != "filled" {
			t.Errorf("%s: %v in\n%s", o.Pointer, got, text)
		}
	}
	if docs[0].Value("/execution/runs_code") != true {
		t.Errorf("lost what was known:\n%s", text)
	}
}
