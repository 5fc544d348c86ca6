package assess

import (
	"context"
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/undisclosed"
	"github.com/audition-dev/audition/internal/verdict"
)

// silenceGate is what reasons about silence are filed under.
const silenceGate = "silence"

// heed asks for a review of what would be approved, if it would not be were all that
// it leaves open as bad as it may be: nobody gains by not saying what speaks against
// them. The reason names at most a number of answers that suffice alone.
func (a *Assessor) heed(ctx context.Context, j *Judgement, most int, e *earlier) error {
	if j.Decision != verdict.Approve || !a.config.Silence {
		return nil
	}
	worst, was := a.worst(j.Profile, e)
	var k Judgement
	var err error
	if was != nil && len(was.facts) == 0 {
		k = was.Judgement
	} else if k, err = a.judge(ctx, worst.Profile, was); err != nil {
		return err
	}
	j.worst = &judgedWorst{worst, k}
	open := []undisclosed.Answer{}
	switch {
	case k.Decision == verdict.Approve:
		open, err = a.stricter(ctx, k, worst.Others(), 1)
	case most > 0:
		open, err = a.stricter(ctx, *j, worst.Answers(), most)
	}
	if err != nil || k.Decision == verdict.Approve && len(open) == 0 {
		return err
	}
	j.Reasons = append(j.Reasons, silence(j.Profile, open, k))
	j.Decision = verdict.Decide(j.Reasons)
	return nil
}

// stricter returns the first answers, at most a number of facts, that an agent is
// not approved with. A profile that contradicts itself would be refused.
func (a *Assessor) stricter(ctx context.Context, j Judgement, answers []undisclosed.Answer, most int) (out []undisclosed.Answer, err error) {
	for _, answer := range answers {
		if n := len(out); n == most || n > 0 && out[n-1].Pointer == answer.Pointer {
			continue
		}
		q := j.Profile.WithAll(answer.Change)
		if q.Contradicts() {
			continue
		}
		k, err := a.judge(ctx, q, &earlier{j, []string{answer.Pointer}})
		if err != nil {
			return nil, err
		}
		if k.Decision != verdict.Approve {
			out = append(out, answer)
		}
	}
	return out, nil
}

// silence is the reason. It names answers that suffice alone, and where it takes
// several what they lead to.
func silence(p *profile.Profile, open []undisclosed.Answer, worst Judgement) verdict.Reason {
	r := verdict.Reason{Decision: verdict.Review, Gate: silenceGate, Facts: []verdict.Fact{}}
	var said []string
	for _, answer := range open {
		r.Facts = append(r.Facts, fact(p, answer.Pointer))
		said = append(said, answer.String())
	}
	r.Message = "it leaves open what it would not be approved with: " + strings.Join(said, "; ")
	if len(said) == 0 {
		r.Message = fmt.Sprintf("what it leaves open may together be what it would not be approved with: %s", worst.Reasons[0].Message)
	}
	return r
}
