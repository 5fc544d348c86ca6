package assess

import (
	"context"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/undisclosed"
)

// earlier is a judgement of the same agent before some changes to its facts; nil is
// none. What the changes cannot touch is taken from it: the outcome is the same as
// without, and a test holds that.
type earlier struct {
	Judgement
	// facts are JSON pointers of those that changed.
	facts []string
}

// judgement returns it, an empty one where there is none.
func (e *earlier) judgement() Judgement {
	if e == nil {
		return Judgement{}
	}
	return e.Judgement
}

// changed returns what is otherwise in a judgement that has its derived facts: JSON
// pointers into what rules read, "" for everything.
func (e *earlier) changed(j Judgement) []string {
	if e == nil || !e.Profile.Scopes(j.Profile) {
		return []string{""}
	}
	return append(j.Derived.Changed(e.Derived), e.facts...)
}

// judgedWorst is an agent with all that it leaves open as bad as it may be.
type judgedWorst struct {
	undisclosed.Worst
	Judgement
}

// worst finds what an agent would be at worst, and what came of that before.
func (a *Assessor) worst(p *profile.Profile, e *earlier) (undisclosed.Worst, *earlier) {
	if e == nil || e.Judgement.worst == nil || !e.Profile.Scopes(p) {
		return undisclosed.WorstOf(a.framework, p), nil
	}
	worst, differs := e.Judgement.worst.Again(a.framework, p, e.facts)
	return worst, &earlier{Judgement: e.Judgement.worst.Judgement, facts: differs}
}

// score computes the score, where it can be another one.
func (a *Assessor) score(j Judgement, e *earlier, changed []string) (scored, error) {
	table := a.options.Table
	if table == nil {
		table = facts.Builtin()
	}
	s := a.scoring()
	if e != nil {
		if !table.Touches(changed) {
			return scored{e.Score, e.Estimates, e.Assessment, e.own}, nil
		}
		s.before, s.changed = e.Estimates, changed
	}
	return s.of(j.Profile, j.Derived)
}

// find runs the rules that can have something else to say.
func (a *Assessor) find(ctx context.Context, s rego.Subject, e *earlier, changed []string) (rego.Found, error) {
	if e == nil {
		return a.engine.Find(ctx, s)
	}
	return a.engine.FindAgain(ctx, s, e.rules, changed)
}
