package assess

import (
	"context"
	"testing"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/undisclosed"
	"github.com/audition-dev/audition/internal/verdict"
)

// TestSilenceDoesNotPay: whatever speaks against an agent that would be approved
// without it, to withdraw it does not lead to an approval.
func TestSilenceDoesNotPay(t *testing.T) {
	a := assessor(t)
	decide := func(p *profile.Profile) verdict.Decision {
		_, j, err := a.Judged(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		return j.Decision
	}
	stricter := 0
	for _, name := range examples {
		p := example(t, name)
		if decide(p) != verdict.Approve {
			continue
		}
		for _, f := range facts.Vocabulary(p) {
			for _, answer := range answersAgainst(p, f) {
				told := p.WithAll(undisclosed.Saying(f.Pointer, answer)...)
				if told.Contradicts() || decide(told) == verdict.Approve {
					continue
				}
				stricter++
				if withdrawn := told.With(f.Pointer, nil).With(f.Pointer+"_complete", nil); decide(withdrawn) == verdict.Approve {
					t.Errorf("%s: %s: %v leads to %s, and without it the agent is approved", name, f.Pointer, answer, decide(told))
				}
			}
		}
	}
	if stricter < 50 {
		t.Errorf("only %d answers made a decision stricter", stricter)
	}
}

// answersAgainst are the values of a fact that do not speak for the agent.
func answersAgainst(p *profile.Profile, f profile.FactType) (out []any) {
	for _, v := range undisclosed.Answers(f) {
		if _, isList := v.([]any); !isList && !f.Safer.Favours(v) {
			out = append(out, v)
		}
	}
	for _, item := range f.Items {
		out = append(out, []any{item})
	}
	return out
}
