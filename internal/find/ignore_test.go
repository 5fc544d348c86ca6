//go:build unix

package find

import (
	"context"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/audition-dev/audition/internal/file"
)

// TestIgnored: what is ignored is not looked at.
func TestIgnored(t *testing.T) {
	tree(t, map[string]string{
		".git/HEAD": "", ".auditionignore": "old\n", "agents/.auditionignore": "vendor\n*.draft.yaml\n",
		"agents/a.yaml": agent, "agents/a.draft.yaml": agent, "agents/vendor/x.yaml": "kind: AgentProfle", "agents/old/b.yaml": agent, "old/c.yaml": agent,
	})
	must(t, os.Symlink("nowhere", "agents/vendor/dead.yaml"))
	must(t, syscall.Mkfifo("agents/vendor/pipe.yaml", 0o600))
	here, err := file.Here()
	must(t, err)
	files := From{Tree: here}
	for _, c := range []struct{ args, want string }{
		{"agents", "agents/a.yaml agents/old/b.yaml"},
		{".", "agents/a.draft.yaml agents/a.yaml agents/old/b.yaml"},
		{"agents/a.draft.yaml agents/a.yaml", "agents/a.yaml"},
		{"agents/a.yaml old/c.yaml", "agents/a.yaml"},
	} {
		if c.args == "." { // whose own patterns do not count there
			must(t, os.RemoveAll("agents/vendor"))
		}
		inputs, notes, err := Inputs(context.Background(), files, strings.Fields(c.args))
		if got := names(inputs); err != nil || got != c.want || len(notes.Ignored) == 0 {
			t.Errorf("%s: %s, %v, %v", c.args, got, notes, err)
		}
	}
	must(t, syscall.Mkfifo("agents/pipe.yaml", 0o600))
	inputs, _, err := Inputs(context.Background(), files, []string{"agents"})
	if err != nil || len(inputs) != 3 || inputs[2].Err == nil || inputs[2].Err.Error() != "agents/pipe.yaml: expected a file, got a named pipe" {
		t.Error(inputs, err)
	}
	must(t, os.WriteFile("agents/.auditionignore", []byte("[\n"), 0o644))
	if _, _, err := Inputs(context.Background(), files, []string{"agents"}); err == nil || !strings.HasPrefix(err.Error(), "agents/.auditionignore: ") {
		t.Error(err)
	}
}
