package assess

import (
	"context"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/rego"
)

// earlier is a judgement of the same agent before some changes to its facts; nil is
// none. What the changes cannot touch is taken from it: the outcome is the same as
// without, and a test holds that.
type earlier struct {
	Judgement
	changes []document.Change
}

// changed returns what is otherwise in a judgement that has its derived facts: JSON
// pointers into what rules read, "" for everything.
func (e *earlier) changed(j Judgement) []string {
	if e == nil || !e.Profile.Scopes(j.Profile) {
		return []string{""}
	}
	out := j.Derived.Changed(e.Derived)
	for _, c := range e.changes {
		out = append(out, c.Pointer)
	}
	return out
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
	return e.scored, nil
}

// find runs the rules that can have something else to say.
func (a *Assessor) find(ctx context.Context, s rego.Subject, e *earlier, changed []string) (rego.Found, error) {
	if e == nil {
		return a.engine.Find(ctx, s)
	}
	return a.engine.FindAgain(ctx, s, e.rules, changed)
}
