package advise

import (
	"cmp"
	"context"
	"slices"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/undisclosed"
	"github.com/audition-dev/audition/internal/verdict"
)

// rounds bounds how often the search for a path answers what became open by
// the answers before.
const rounds = 4

// Path judges a profile with more questions than [Assess], and looks for the
// disclosures that would reach approve.
func Path(ctx context.Context, assessor *assess.Assessor, p *profile.Profile) (*verdict.Verdict, *verdict.Path, error) {
	a := adviser{assessor}
	v, j, err := a.Judged(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	open := undisclosed.Facts(a.Framework(), j.Profile)
	asked := few(j.Profile, open, alone)
	questions, err := a.questions(ctx, j, asked)
	if err != nil {
		return nil, nil, err
	}
	v.Questions, v.Unasked = inSource(j, questions), len(open)-len(asked)
	path, err := a.path(ctx, j, questions)
	if err != nil {
		return nil, nil, err
	}
	if v.Advice, err = a.advice(ctx, j, questions); err != nil {
		return nil, nil, err
	}
	for i := range path.Disclose {
		path.Disclose[i].Fact = j.Profile.Original(path.Disclose[i].Fact)
	}
	return v, path, nil
}

// path gives what is open its best answers. If that is approved it takes away what
// is not needed; otherwise what is left stands in the way of approval whatever is
// disclosed.
func (a adviser) path(ctx context.Context, j assess.Judgement, questions []question) (*verdict.Path, error) {
	out := &verdict.Path{Disclose: []verdict.Disclosure{}, Obstacles: []verdict.Reason{}}
	best, steps, err := a.disclosed(ctx, j, questions)
	if err != nil {
		return nil, err
	}
	out.Decision, out.Low, out.High = best.Decision, best.Score.Low, best.Score.High
	if best.Decision != verdict.Approve {
		out.Obstacles = best.Written().Reasons
		return out, nil
	}
	least := shrinking{a, j.Profile, best, steps, answers(j.Profile, 4*beside)}
	err = least.shrink(ctx)
	out.Disclose, out.Untried = least.steps, least.left < 0
	out.Low, out.High = least.best.Score.Low, least.best.Score.High
	return out, err
}

// disclosed gives every question its best answer, and what that opens the safest one,
// until the agent is approved or nothing is left. It returns what that leads to.
func (a adviser) disclosed(ctx context.Context, j assess.Judgement, questions []question) (best assess.Judgement, steps []verdict.Disclosure, err error) {
	best = j
	for round := range rounds {
		if best.Decision == verdict.Approve {
			break
		}
		var answered []verdict.Disclosure
		if round == 0 {
			answered = bestAnswers(best, questions)
		} else if answered, err = a.safest(ctx, best); err != nil {
			return best, nil, err
		}
		several, err := a.several(ctx, best)
		if err != nil {
			return best, nil, err
		}
		if answered = append(answered, several...); len(answered) == 0 {
			break
		}
		if best, err = a.Again(ctx, best, disclose(best.Profile, answered)); err != nil {
			return best, nil, err
		}
		steps = append(steps, answered...)
	}
	return best, steps, nil
}

// safest answers what is open: in the agent's favour where the vocabulary says what
// that is, since no such answer makes it worse, and else with what is best alone.
func (a adviser) safest(ctx context.Context, j assess.Judgement) ([]verdict.Disclosure, error) {
	var out []verdict.Disclosure
	var neutral []profile.FactType
	for _, f := range undisclosed.Facts(a.Framework(), j.Profile) {
		values := undisclosed.Answers(f)
		if i := slices.IndexFunc(values, f.Safer.Favours); i < 0 || f.Safer.Direction == profile.Neither {
			neutral = append(neutral, f)
		} else if f.Safer.Direction == "" {
			out = append(out, verdict.Disclosure{Fact: f.Pointer, Value: f.Safer.Values[0]})
		} else {
			out = append(out, verdict.Disclosure{Fact: f.Pointer, Value: values[i]})
		}
	}
	questions, err := a.questions(ctx, j, few(j.Profile, neutral, beside))
	return append(out, bestAnswers(j, questions)...), err
}

// several are answers that settle a finding together, and perhaps none of them alone.
func (a adviser) several(ctx context.Context, j assess.Judgement) (out []verdict.Disclosure, err error) {
	together, err := a.together(ctx, j, nil)
	for _, o := range together {
		declared := slices.ContainsFunc(o.facts, func(d verdict.Disclosure) bool { return line(j.Profile, d.Fact) > 0 })
		if !declared && o.after.compare(standingOf(j)) < 0 {
			out = append(out, o.facts...)
		}
	}
	return out, err
}

// bestAnswers gives every question the answer that leads to the laxest decision,
// then the least upper end, then the fewest findings. Answers that make nothing
// better are left out.
func bestAnswers(j assess.Judgement, questions []question) (out []verdict.Disclosure) {
	for _, q := range questions {
		best := slices.MinFunc(q.Answers, func(x, y verdict.Answer) int {
			return cmp.Or(
				x.Decision.Compare(y.Decision), cmp.Compare(x.High, y.High), cmp.Compare(x.Low, y.Low),
				cmp.Compare(len(x.Added)-len(x.Removed), len(y.Added)-len(y.Removed)))
		})
		worse := best.Decision.Stricter(j.Decision) || best.High > j.Score.High || len(best.Added) > len(best.Removed)
		if !worse {
			out = append(out, verdict.Disclosure{Fact: q.Fact, Value: best.Value})
		}
	}
	return out
}

// disclose gives a profile answers. One that contradicts those before is left out.
func disclose(p *profile.Profile, steps []verdict.Disclosure) *profile.Profile {
	var all []document.Change
	for _, s := range steps {
		all = append(all, undisclosed.Saying(s.Fact, s.Value)...)
	}
	q := p.WithAll(all...)
	switch half := len(steps) / 2; {
	case len(steps) == 0 || !q.Contradicts():
		return q
	case half == 0:
		return p
	default:
		return disclose(disclose(p, steps[:half]), steps[half:])
	}
}
