package advise

import (
	"context"
	"slices"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// steps takes options one after the other, each time the one that makes it best
// together with those before.
func (a adviser) steps(ctx context.Context, j assess.Judgement, options []option) ([]verdict.Remedy, error) {
	out, now := []verdict.Remedy{}, j
	for len(out) < remedies && now.Decision != verdict.Approve {
		var tried []option
		for _, o := range options {
			if o = o.left(now.Profile); len(o.facts) > 0 && len(tried) < compared {
				tried = append(tried, o)
			}
		}
		tried, err := a.try(ctx, now, tried)
		if err != nil {
			return nil, err
		}
		if len(tried) == 0 {
			break
		}
		best := slices.MinFunc(tried, func(o, p option) int { return o.after.compare(p.after) })
		if best.after.compare(standingOf(now)) >= 0 {
			break
		}
		next, _, err := a.with(ctx, now, best)
		if err != nil {
			return nil, err
		}
		out, now = append(out, remedy(j.Profile, now, next, best)), next
	}
	return out, nil
}

// left is what of an option is not so already.
func (o option) left(p *profile.Profile) option {
	o.facts = slices.DeleteFunc(slices.Clone(o.facts), func(d verdict.Disclosure) bool {
		v, _ := p.Lookup(d.Fact)
		return v == d.Value
	})
	return o
}

// lowers is the option after which the score is lowest, if it lowers it at all.
func (a adviser) lowers(ctx context.Context, j assess.Judgement, options []option) (*verdict.Remedy, error) {
	if len(options) == 0 {
		return nil, nil
	}
	least := slices.MinFunc(options, func(o, p option) int {
		return int(o.after.score - p.after.score)
	})
	if least.after.score >= j.Score.AIVSS {
		return nil, nil
	}
	next, _, err := a.with(ctx, j, least)
	if err != nil {
		return nil, err
	}
	r := remedy(j.Profile, j, next, least)
	return &r, nil
}

// remedy writes down an option and what it leads to from before to after.
func remedy(p *profile.Profile, before, after assess.Judgement, o option) verdict.Remedy {
	r := verdict.Remedy{
		Facts: turns(p, o.facts), Settles: settled(before, after),
		Decision: after.Decision, AIVSS: after.Score.AIVSS, Low: after.Score.Low, High: after.Score.High, Reasons: len(after.Reasons),
	}
	about := false
	for i, f := range before.Findings {
		if !slices.Contains(r.Settles, f.Name()) {
			continue
		}
		// The one that is about these facts says best what to do.
		own := slices.Contains(before.Behind(i), o.facts[0].Fact)
		if r.Rule == "" || own && !about {
			r.Rule, r.Term, r.Text, about = f.Rule, f.Term, f.Remediation, own
		}
	}
	if r.Rule == "" {
		of, _ := profile.TypeOf(o.facts[0].Fact)
		r.Text = of.Description
	}
	return r
}

// turns says what each fact is now.
func turns(p *profile.Profile, disclosures []verdict.Disclosure) []verdict.Turn {
	out := []verdict.Turn{}
	for _, d := range disclosures {
		c := verdict.Turn{Fact: p.Original(d.Fact), Value: d.Value, Source: p.Elsewhere(d.Fact), Line: line(p, d.Fact)}
		if c.Now, _ = p.Lookup(d.Fact); p.IsOptional(d.Fact) {
			c.Now = profile.Optional
		}
		out = append(out, c)
	}
	return out
}

// change finds what has to be so instead of what is declared, beside what was
// disclosed. It leaves out, from the least effective, whatever the gates do not miss.
func (a adviser) change(ctx context.Context, j assess.Judgement, declared []option) ([]verdict.Turn, *verdict.Reach, error) {
	none := []verdict.Turn{}
	if j.Decision == verdict.Approve {
		return none, nil, nil
	}
	var all option
	for _, o := range declared {
		with := option{facts: append(slices.Clone(all.facts), o.facts...)}
		if !disclose(j.Profile, with.facts).Contradicts() {
			all = with
		}
	}
	best, _, err := a.with(ctx, j, all)
	if err != nil || standingOf(best).reasonsOf(standingOf(j)) >= 0 {
		return none, nil, err
	}
	for i := len(all.facts) - 1; i >= 0; i-- {
		without := option{facts: slices.Delete(slices.Clone(all.facts), i, i+1)}
		k, ok, err := a.with(ctx, j, without)
		if err != nil {
			return nil, nil, err
		}
		if ok && standingOf(k).reasonsOf(standingOf(best)) <= 0 {
			all, best = without, k
		}
	}
	r := reach(best)
	return turns(j.Profile, all.facts), &r, nil
}

// reach is what a judgement comes to: what is behind its reasons stands where the
// agent itself is judged.
func reach(j assess.Judgement) verdict.Reach {
	r := verdict.Reach{Decision: j.Decision, Low: j.Score.Low, High: j.Score.High, Reasons: []verdict.Reason{}}
	for _, reason := range j.Reasons {
		reason.Facts = []verdict.Fact{}
		r.Reasons = append(r.Reasons, reason)
	}
	return r
}
