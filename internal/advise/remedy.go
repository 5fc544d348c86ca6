package advise

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/undisclosed"
	"github.com/audition-dev/audition/internal/verdict"
)

// A verdict names few remedies. Each is the best of some that were best alone: what
// they lead to together is judged of these only.
const (
	remedies = 3
	compared = 6
)

// standing is how an agent stands. The less of it, the better: what rejects comes
// before what asks for a review, then the score, then findings.
type standing struct {
	decision           verdict.Decision
	rejecting, reasons int
	score, high        aivss.Tenths
	findings           int
}

func standingOf(j assess.Judgement) standing {
	s := standing{j.Decision, 0, len(j.Reasons), j.Score.AIVSS, j.Score.High, 0}
	for _, r := range j.Reasons {
		if r.Decision == verdict.Reject {
			s.rejecting++
		}
	}
	for _, f := range j.Findings {
		if f.Counts() {
			s.findings++
		}
	}
	return s
}

// reasonsOf compares what gates say.
func (s standing) reasonsOf(t standing) int {
	return cmp.Or(s.decision.Compare(t.decision), cmp.Compare(s.rejecting, t.rejecting), cmp.Compare(s.reasons, t.reasons))
}

func (s standing) compare(t standing) int {
	return cmp.Or(s.reasonsOf(t), cmp.Compare(s.score, t.score), cmp.Compare(s.high, t.high), cmp.Compare(s.findings, t.findings))
}

// option is something that may be so, or could be made so: facts that speak for the
// agent.
type option struct {
	facts []verdict.Disclosure
	after standing
	// settles are the findings that are gone then or less grave.
	settles []string
}

// key names an option among others.
func (o option) key() string {
	var out []string
	for _, f := range o.facts {
		out = append(out, f.Fact)
	}
	return strings.Join(out, " ")
}

// advice finds what would change the decision most, and what has to change where
// disclosure alone is not enough. Of an agent that is approved there is none.
func (a adviser) advice(ctx context.Context, j assess.Judgement, questions []question) (*verdict.Advice, error) {
	if j.Decision == verdict.Approve {
		return nil, nil
	}
	declared, err := a.declared(ctx, j)
	if err != nil {
		return nil, err
	}
	options := slices.Concat(speaking(questions), declared)
	together, err := a.together(ctx, j, options)
	if err != nil {
		return nil, err
	}
	options = append(options, together...)
	slices.SortFunc(options, func(o, p option) int {
		return cmp.Or(o.after.compare(p.after), cmp.Compare(len(o.facts), len(p.facts)), strings.Compare(o.key(), p.key()))
	})
	out := &verdict.Advice{}
	if out.Lowers, err = a.lowers(ctx, j, options); err != nil {
		return nil, err
	}
	if out.Steps, err = a.steps(ctx, j, options); err != nil {
		return nil, err
	}
	best, _, err := a.disclosed(ctx, j, questions)
	if err != nil {
		return nil, err
	}
	out.Disclosed = reach(best)
	out.Change, out.Changed, err = a.change(ctx, best, declared)
	return out, err
}

// speaking are the answers to questions that speak for the agent. What it is for
// is nothing to advise on.
func speaking(questions []question) (out []option) {
	for _, q := range questions {
		var of []option
		for i, answer := range q.Answers {
			if remediable(q.of) && slices.Contains(q.of.Safer.Values, answer.Value) {
				of = append(of, option{[]verdict.Disclosure{{Fact: q.Fact, Value: answer.Value}}, q.after[i], slices.Concat(answer.Removed, answer.Changed)})
			}
		}
		out = append(out, mildest(q.of, of)...)
	}
	return out
}

// remediable tells whether a fact is a control or an arrangement: it has an answer
// that speaks for the agent and does not say what that is for.
func remediable(f profile.FactType) bool {
	return len(f.Safer.Values) > 0 && !f.Purpose && !strings.HasSuffix(f.Pointer, "_complete")
}

// mildest is the option of a fact that gates like best, of several that asks least.
func mildest(f profile.FactType, options []option) []option {
	rank := func(o option) int { return slices.Index(f.Safer.Values, o.facts[0].Value) }
	slices.SortFunc(options, func(o, p option) int {
		return cmp.Or(o.after.reasonsOf(p.after), cmp.Compare(rank(p), rank(o)))
	})
	return options[:min(1, len(options))]
}

// lacking are the facts that do not speak for the agent and could: those declared,
// or also those that are open.
func (a adviser) lacking(p *profile.Profile, open bool) (out []profile.FactType) {
	for _, f := range facts.Vocabulary(p) {
		value, disclosed := p.Lookup(f.Pointer)
		disclosed = disclosed || p.IsOptional(f.Pointer)
		if remediable(f) && !slices.Contains(f.Safer.Values, value) && (disclosed || open && facts.Applies(a.Framework(), p, f.Pointer)) {
			out = append(out, f)
		}
	}
	return few(p, out, beside)
}

// declared are the facts that the profile states against the agent and that could be
// otherwise.
func (a adviser) declared(ctx context.Context, j assess.Judgement) (out []option, err error) {
	var all []option
	lacking := a.lacking(j.Profile, false)
	for _, f := range lacking {
		for _, value := range f.Safer.Values {
			all = append(all, option{facts: []verdict.Disclosure{{Fact: f.Pointer, Value: value}}})
		}
	}
	if all, err = a.try(ctx, j, all); err != nil {
		return nil, err
	}
	for _, f := range lacking {
		of := slices.DeleteFunc(slices.Clone(all), func(o option) bool { return o.facts[0].Fact != f.Pointer })
		out = append(out, mildest(f, of)...)
	}
	return out, nil
}

// together are the controls that a finding lacks, where it takes several to settle it.
func (a adviser) together(ctx context.Context, j assess.Judgement, alone []option) ([]option, error) {
	lacking := a.lacking(j.Profile, true)
	var out []option
	seen := map[string]bool{}
	for i, f := range j.Findings {
		var o option
		behind := j.Behind(i)
		for _, c := range lacking {
			if slices.Contains(behind, c.Pointer) && c.Safer.Values[0] == true {
				o.facts = append(o.facts, verdict.Disclosure{Fact: c.Pointer, Value: true})
			}
		}
		settled := slices.ContainsFunc(alone, func(o option) bool { return slices.Contains(o.settles, f.Name()) })
		if f.Counts() && len(o.facts) > 1 && !settled && !seen[o.key()] {
			seen[o.key()] = true
			out = append(out, o)
		}
	}
	return a.try(ctx, j, out)
}

// try judges options, each alone. Those that contradict the profile are left out.
func (a adviser) try(ctx context.Context, j assess.Judgement, options []option) ([]option, error) {
	possible := make([]bool, len(options))
	err := each(len(options), func(i int) error {
		k, ok, err := a.with(ctx, j, options[i])
		if possible[i] = ok; ok {
			options[i].after, options[i].settles = standingOf(k), settled(j, k)
		}
		return err
	})
	var out []option
	for i, o := range options {
		if possible[i] {
			out = append(out, o)
		}
	}
	return out, err
}

// settled are the findings that count before and after are gone or less grave, the
// gravest first.
func settled(before, after assess.Judgement) []string {
	out, now := []string{}, counted(after.Findings)
	for _, f := range before.Findings {
		if g, ok := now[f.Name()]; f.Counts() && (!ok || g.status != string(f.Status) || g.severity != string(f.Severity)) {
			out = append(out, f.Name())
		}
	}
	return out
}

// with judges what would be if an option were so.
func (a adviser) with(ctx context.Context, j assess.Judgement, o option) (k assess.Judgement, ok bool, err error) {
	var changes []document.Change
	for _, f := range o.facts {
		changes = append(changes, undisclosed.Saying(f.Fact, f.Value)...)
	}
	return a.After(ctx, j, changes...)
}
