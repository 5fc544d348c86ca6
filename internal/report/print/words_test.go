package print

import "testing"

func TestDeclaration(t *testing.T) {
	for _, c := range []struct {
		fact  string
		value any
		want  string
	}{
		{"/execution/sandbox/present", true, "execution: {sandbox: {present: true}}"},
		{"/oversight/approval", "always", "oversight: {approval: always}"},
		{"/tools/2/pinned", true, "pinned: true in tools[2]"},
		{"/data/ingress", []any{}, "data: {ingress: [], ingress_complete: true}"},
		{"/tools/0/access", []any{"read", "write"}, "access: [read, write], access_complete: true in tools[0]"},
		{"/tools_complete", true, "tools_complete: true"},
	} {
		if got := Declaration(c.fact, c.value); got != c.want {
			t.Errorf("%s: got %s, want %s", c.fact, got, c.want)
		}
	}
}
