package advise

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/undisclosed"
)

// TestFew: what is asked is bounded by the work, the agent's own facts come first,
// and what was not asked is counted.
func TestFew(t *testing.T) {
	text := "tools:\n"
	for i := range 100 {
		text += fmt.Sprintf("  - {id: t%d}\n", i)
	}
	a, p := assessor(t), load(t, text)
	open := undisclosed.Facts(a.Framework(), p)
	asked := few(p, open, beside)
	n := 0
	for _, f := range asked {
		n += len(undisclosed.Answers(f))
	}
	if limit := answers(p, beside); n > limit || n < limit-10 || len(asked) >= len(open) {
		t.Errorf("%d answers of %d facts of %d, at most %d", n, len(asked), len(open), limit)
	}
	for i, f := range open {
		if !strings.Contains(f.Pointer, "/tools/") && !slices.ContainsFunc(asked, func(g profile.FactType) bool { return g.Pointer == f.Pointer }) {
			t.Errorf("%s, %d of the open ones, is not asked", f.Pointer, i)
		}
	}
	if small := load(t, "tools: [{id: a}, {id: b}]\n"); len(few(small, undisclosed.Facts(a.Framework(), small), beside)) != len(undisclosed.Facts(a.Framework(), small)) {
		t.Error("a small profile is not asked everything")
	}
}
