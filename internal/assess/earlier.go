package assess

import (
	"context"
	"reflect"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
)

// earlier is a judgement of the same agent before some changes to its facts; nil is
// none. What the changes cannot touch is taken from it: the outcome is the same as
// without, and a test holds that.
type earlier struct {
	Judgement
	// facts are JSON pointers of those that changed.
	facts []string
}

// changed returns what is otherwise in a judgement that has its derived facts: JSON
// pointers into what rules read, "" for everything.
func (e *earlier) changed(j Judgement) []string {
	if e == nil || !e.Profile.Scopes(j.Profile) {
		return []string{""}
	}
	return append(j.Derived.Changed(e.Derived), e.facts...)
}

// worst is what the worst profile of the earlier agent came to, and how another one
// differs from that.
func (e *earlier) worst(p *profile.Profile) *earlier {
	if e == nil || e.Judgement.worst == nil {
		return nil
	}
	var facts []string
	was, is := e.Judgement.worst.Profile.Leaves(), p.Leaves()
	for pointer, v := range was {
		if !reflect.DeepEqual(v, is[pointer]) {
			facts = append(facts, pointer)
		}
	}
	for pointer := range is {
		if _, ok := was[pointer]; !ok {
			facts = append(facts, pointer)
		}
	}
	return &earlier{*e.Judgement.worst, facts}
}

// score computes the score, where it can be another one.
func (a *Assessor) score(j Judgement, e *earlier, changed []string) (scored, error) {
	table := a.options.Table
	if table == nil {
		table = facts.Builtin()
	}
	if e == nil || table.Touches(changed) {
		return a.scoring().of(j.Profile, j.Derived)
	}
	return scored{e.Score, e.Estimates, e.Assessment, e.own}, nil
}

// find runs the rules that can have something else to say.
func (a *Assessor) find(ctx context.Context, s rego.Subject, e *earlier, changed []string) (rego.Found, error) {
	if e == nil {
		return a.engine.Find(ctx, s)
	}
	return a.engine.FindAgain(ctx, s, e.rules, changed)
}
