package assess

import (
	"cmp"
	"context"
	"slices"

	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// rounds bounds how often the search for a path answers what became open by
// the answers before.
const rounds = 4

// Advice judges a profile with all questions, and looks for the disclosures that
// would reach approve.
func (a *Assessor) Advice(ctx context.Context, p *profile.Profile) (*verdict.Verdict, *verdict.Path, error) {
	demanded, discounted := p.Demand(a.Config.Demand)
	j, err := a.judge(ctx, demanded)
	if err != nil {
		return nil, nil, err
	}
	v := a.document(p, j, discounted)
	questions, err := a.questions(ctx, j)
	if err != nil {
		return nil, nil, err
	}
	v.Questions = inSource(j, questions)
	path, err := a.path(ctx, j, questions)
	if err != nil {
		return nil, nil, err
	}
	for i := range path.Disclose {
		path.Disclose[i].Fact = demanded.Original(path.Disclose[i].Fact)
	}
	return v, path, nil
}

// path gives every question its best answer, and again for what that opens. If
// that is approved it takes away what is not needed; otherwise what is left
// stands in the way of approval whatever is disclosed.
func (a *Assessor) path(ctx context.Context, j judgement, questions []verdict.Question) (*verdict.Path, error) {
	out := &verdict.Path{Decision: j.decision, Disclose: []verdict.Disclosure{}, Obstacles: []verdict.Reason{}}
	best, steps := j, []verdict.Disclosure{}
	for range rounds {
		if best.decision == verdict.Approve {
			break
		}
		answered := bestAnswers(best, questions)
		if len(answered) == 0 {
			break
		}
		var err error
		if best, err = a.judge(ctx, disclose(best.profile, answered)); err != nil {
			return nil, err
		}
		steps = append(steps, answered...)
		if questions, err = a.questions(ctx, best); err != nil {
			return nil, err
		}
	}
	out.Decision, out.Low, out.High = best.decision, best.score.Low, best.score.High
	if best.decision != verdict.Approve {
		out.Obstacles = best.reasons
		return out, nil
	}
	needed, err := a.shrink(ctx, j, steps)
	if err != nil {
		return nil, err
	}
	last, err := a.judge(ctx, disclose(j.profile, needed))
	out.Disclose, out.Low, out.High = needed, last.score.Low, last.score.High
	return out, err
}

// bestAnswers gives every question the answer that leads to the laxest decision,
// then the least upper end, then the fewest findings. Answers that make nothing
// better are left out.
func bestAnswers(j judgement, questions []verdict.Question) (out []verdict.Disclosure) {
	for _, q := range questions {
		best := slices.MinFunc(q.Answers, func(x, y verdict.Answer) int {
			return cmp.Or(
				x.Decision.Compare(y.Decision), cmp.Compare(x.High, y.High), cmp.Compare(x.Low, y.Low),
				cmp.Compare(len(x.Added)-len(x.Removed), len(y.Added)-len(y.Removed)))
		})
		worse := best.Decision.Stricter(j.decision) || best.High > j.score.High || len(best.Added) > len(best.Removed)
		if !worse {
			out = append(out, verdict.Disclosure{Fact: q.Fact, Value: best.Value})
		}
	}
	return out
}

// shrink leaves out, one by one from the least effective, every disclosure
// without which the agent is approved all the same, until none is.
func (a *Assessor) shrink(ctx context.Context, j judgement, steps []verdict.Disclosure) ([]verdict.Disclosure, error) {
	for before := len(steps) + 1; len(steps) < before; {
		before = len(steps)
		for i := len(steps) - 1; i >= 0; i-- {
			without := slices.Delete(slices.Clone(steps), i, i+1)
			k, err := a.judge(ctx, disclose(j.profile, without))
			if err != nil {
				return nil, err
			}
			if k.decision == verdict.Approve {
				steps = without
			}
		}
	}
	slices.SortFunc(steps, func(x, y verdict.Disclosure) int { return cmp.Compare(x.Fact, y.Fact) })
	return steps, nil
}

func disclose(p *profile.Profile, steps []verdict.Disclosure) *profile.Profile {
	for _, s := range steps {
		p = with(p, s.Fact, s.Value)
	}
	return p
}
