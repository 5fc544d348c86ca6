package verdict

import (
	"math/rand"
	"slices"
	"testing"

	"github.com/audition-dev/audition/internal/maestro"
)

func TestDecideTakesTheStrictest(t *testing.T) {
	for _, c := range []struct {
		reasons []Decision
		want    Decision
	}{
		{nil, Approve},
		{[]Decision{Review}, Review},
		{[]Decision{Review, Reject}, Reject},
		{[]Decision{Reject, Review, Review}, Reject},
		{[]Decision{Approve}, Approve},
	} {
		var reasons []Reason
		for _, d := range c.reasons {
			reasons = append(reasons, Reason{Decision: d})
		}
		if got := Decide(reasons); got != c.want {
			t.Errorf("%v: got %s, want %s", c.reasons, got, c.want)
		}
	}
}

// TestDecideSorts: by decision, gate, rule, term, message, whatever the order
// of the reasons was.
func TestDecideSorts(t *testing.T) {
	sorted := []Reason{
		{Decision: Reject, Gate: "z", Rule: "z", Term: "z", Message: "z"},
		{Decision: Review, Gate: "a", Rule: "z", Term: "z", Message: "z"},
		{Decision: Review, Gate: "b", Rule: "", Term: "z", Message: "z"},
		{Decision: Review, Gate: "b", Rule: "a", Term: "", Message: "z"},
		{Decision: Review, Gate: "b", Rule: "a", Term: "a", Message: "a"},
		{Decision: Review, Gate: "b", Rule: "a", Term: "a", Message: "b"},
	}
	for seed := range int64(20) {
		got := slices.Clone(sorted)
		rand.New(rand.NewSource(seed)).Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		Decide(got)
		for i := range got {
			if got[i].Gate+got[i].Rule+got[i].Term+got[i].Message != sorted[i].Gate+sorted[i].Rule+sorted[i].Term+sorted[i].Message {
				t.Fatalf("seed %d, place %d: got %+v", seed, i, got[i])
			}
		}
	}
}

func TestStricter(t *testing.T) {
	order := []Decision{Approve, Review, Reject}
	for i, d := range order {
		for j, e := range order {
			if got := d.Stricter(e); got != (i > j) {
				t.Errorf("%s is stricter than %s: %v", d, e, got)
			}
		}
	}
}

func TestCounts(t *testing.T) {
	for _, c := range []struct {
		name string
		f    Finding
		want bool
	}{
		{"weakness", Finding{Kind: maestro.Weakness}, true},
		{"gap", Finding{Kind: maestro.Gap}, true},
		{"combination", Finding{Kind: maestro.Combination}, true},
		{"strength", Finding{Kind: maestro.Strength}, false},
		{"suppressed", Finding{Kind: maestro.Gap, SuppressedBy: "XL/a"}, false},
		{"waived", Finding{Kind: maestro.Gap, WaivedBy: "w"}, false},
	} {
		if got := c.f.Counts(); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}
