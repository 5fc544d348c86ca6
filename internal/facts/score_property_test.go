package facts

import (
	"math/rand"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/profile"
)

// TestSaferNeverRaises: an answer that the vocabulary says to speak for the agent
// leaves the lower end of the score where it was, and the safest one never leads
// above the score of silence; no answer leads out of the interval of silence.
func TestSaferNeverRaises(t *testing.T) {
	safest := 0
	for seed := range int64(golden.Rounds(40)) {
		r := rand.New(rand.NewSource(seed))
		p := randomProfile(t, r)
		low, value, high := scores(t, p)
		if low > value || value > high {
			t.Errorf("seed %d: %v is not within %v to %v", seed, value, low, high)
		}
		for _, a := range answers(p) {
			of, _ := profile.TypeOf(a.pointer)
			if _, isList := a.value.([]any); isList {
				continue // an item is no alternative to another
			}
			nowLow, now, _ := scores(t, p.With(a.pointer, a.value))
			if now < low || now > high {
				t.Errorf("seed %d: %v leads to %v, out of %v to %v", seed, a, now, low, high)
			}
			if of.Safer.Favours(a.value) && nowLow != low {
				t.Errorf("seed %d: %v speaks for the agent and leads from %v to %v at least", seed, a, low, nowLow)
			}
			if len(of.Safer.Values) > 0 && a.value == of.Safer.Values[0] {
				safest++
				if now > value {
					t.Errorf("seed %d: %v is the safest answer and raises %v to %v", seed, a, value, now)
				}
			}
		}
	}
	if safest < golden.Rounds(1000) {
		t.Errorf("only %d safest answers were given", safest)
	}
}

// scores of the estimates: of the lower ends, the values and the upper ends.
func scores(t *testing.T, p *profile.Profile) (low, value, high aivss.Tenths) {
	t.Helper()
	e := estimates(t, p)
	var in [3]aivss.Input
	for i, base := range []aivss.Tenths{e.CVSS.Low, e.CVSS.Value, e.CVSS.High} {
		in[i] = aivss.Input{Formula: aivss.V08, Set: e.Set, CVSSBase: base, Threat: e.Threat.Value,
			Mitigation: [3]aivss.Hundredths{e.Mitigation.Low, e.Mitigation.Value, e.Mitigation.High}[i]}
		for j, f := range e.Factors {
			in[i].Factors[j] = [3]aivss.Hundredths{f.Low, f.Value, f.High}[i]
		}
	}
	var out [3]aivss.Tenths
	for i := range in {
		r, err := aivss.Score(in[i])
		if err != nil {
			t.Fatal(err)
		}
		out[i] = r.Score
	}
	return out[0], out[1], out[2]
}
