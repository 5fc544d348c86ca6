package print

import (
	"fmt"
	"testing"

	"github.com/audition-dev/audition/internal/verdict"
)

// TestLoosenedForSome: several agents are told together, with how many each holds for.
func TestLoosenedForSome(t *testing.T) {
	var l Looseness
	for i := range 3 {
		v := &verdict.Verdict{}
		v.Configuration.Changes = []verdict.Change{{Setting: "a", To: "b", SetBy: "c:1", Looser: true}}
		if i == 0 {
			v.Configuration.Changes = append(v.Configuration.Changes, verdict.Change{Setting: "d", To: "e", SetBy: "c:2", Looser: true})
		}
		l.Add(v)
	}
	if got, want := fmt.Sprint(l.Said(3)), "[loosened: a: b (c:1) for 1 of 3 agents, loosened: d: e (c:2)]"; got != want {
		t.Errorf("got %s", got)
	}
	for i := range 2 * maxLoose {
		l.Add(&verdict.Verdict{Configuration: verdict.Configuration{Changes: []verdict.Change{{Setting: fmt.Sprint(i), Looser: true}}}})
	}
	if got := l.Said(3); len(got) != maxLoose+1 || got[maxLoose] != fmt.Sprintf("and %d more", maxLoose+2) {
		t.Errorf("%d lines, the last %q", len(got), got[len(got)-1])
	}
}
