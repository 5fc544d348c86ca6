package advise

import (
	"cmp"
	"context"
	"slices"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/undisclosed"
	"github.com/audition-dev/audition/internal/verdict"
)

// rounds bounds how often the search for a path answers what became open by
// the answers before.
const rounds = 4

// Path judges a profile with all questions, and looks for the disclosures that
// would reach approve.
func Path(ctx context.Context, assessor *assess.Assessor, p *profile.Profile) (*verdict.Verdict, *verdict.Path, error) {
	a := adviser{assessor}
	v, j, err := a.Judged(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	questions, err := a.questions(ctx, j, undisclosed.Facts(a.Framework(), j.Profile))
	if err != nil {
		return nil, nil, err
	}
	v.Questions = inSource(j, questions)
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
	out.Disclose, best, err = a.shrink(ctx, j, best, steps)
	out.Low, out.High = best.Score.Low, best.Score.High
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
	for _, f := range few(j.Profile, undisclosed.Facts(a.Framework(), j.Profile)) {
		values := undisclosed.Answers(f)
		if i := slices.IndexFunc(values, f.Safer.Favours); i < 0 || f.Safer.Direction == profile.Neither {
			neutral = append(neutral, f)
		} else if f.Safer.Direction == "" {
			out = append(out, verdict.Disclosure{Fact: f.Pointer, Value: f.Safer.Values[0]})
		} else {
			out = append(out, verdict.Disclosure{Fact: f.Pointer, Value: values[i]})
		}
	}
	questions, err := a.questions(ctx, j, neutral)
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

// shrink leaves out every disclosure without which the agent is approved all the same,
// from the least effective, until none is. It begins with many at once: best is what all
// of them lead to. It returns what is left, and what that leads to.
func (a adviser) shrink(ctx context.Context, j, best assess.Judgement, steps []verdict.Disclosure) ([]verdict.Disclosure, assess.Judgement, error) {
	// without leaves out those from one to another if it can.
	without := func(from, to int) (bool, error) {
		less := slices.Delete(slices.Clone(steps), from, to)
		k, err := a.Again(ctx, best, disclose(j.Profile, less))
		if err != nil || k.Decision != verdict.Approve {
			return false, err
		}
		steps, best = less, k
		return true, nil
	}
	var parts func(from, to int) error
	parts = func(from, to int) error {
		if gone, err := without(from, to); gone || err != nil || to-from == 1 {
			return err
		}
		middle := (from + to) / 2
		if err := parts(middle, to); err != nil {
			return err
		}
		return parts(from, middle)
	}
	if err := parts(0, len(steps)); err != nil {
		return nil, best, err
	}
	for before := len(steps) + 1; len(steps) < before; {
		before = len(steps)
		for i := len(steps) - 1; i >= 0; i-- {
			if _, err := without(i, i+1); err != nil {
				return nil, best, err
			}
		}
	}
	slices.SortFunc(steps, func(x, y verdict.Disclosure) int { return cmp.Compare(x.Fact, y.Fact) })
	return steps, best, nil
}

// disclose gives a profile answers. One that contradicts those before is left out.
func disclose(p *profile.Profile, steps []verdict.Disclosure) *profile.Profile {
	for _, s := range steps {
		if q := undisclosed.With(p, s.Fact, s.Value); !q.Contradicts() {
			p = q
		}
	}
	return p
}
