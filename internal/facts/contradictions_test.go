package facts

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/audition-dev/audition/internal/origin"
)

// TestContradictions: what rules read says what the profile's origin has, and a test of
// a rule can say it.
func TestContradictions(t *testing.T) {
	p := load(t, "tools: [{id: a}]\n")
	if _, ok := Derive(p, framework(t)).Input()["contradictions"]; ok {
		t.Error("there are none")
	}
	want := []origin.Contradiction{
		{Fact: "/tools/0/pinned", Said: []string{"p.yaml:1 says true", "q.yaml:2 says false"}, Favours: true},
		{Fact: "/oversight/approval", Said: []string{"p.yaml:3 says never"}},
	}
	p.Origin = &origin.Origin{Contradictions: want}
	in := Derive(p, framework(t)).Input()["contradictions"]
	if got := fmt.Sprint(in); got != "[map[fact:[tools 0 pinned] favours:true said:[p.yaml:1 says true q.yaml:2 says false] term:tools[0].pinned]"+
		" map[fact:[oversight approval] favours:false said:[p.yaml:3 says never] term:oversight.approval]]" {
		t.Error(got)
	}
	if got := Contradictions(in); !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}
