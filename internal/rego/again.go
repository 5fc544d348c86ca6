package rego

import (
	"context"
	"slices"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego/value"
)

// outcome is what one rule says of an agent.
type outcome struct {
	findings     []maestro.Finding
	inapplicable bool
	// about are the facts and controls of all that the rule found, also of what does not
	// count.
	about []string
}

// selective is a program that knows what its terms read of the input.
type selective interface {
	// Parts tells whether some of the terms can be asked for alone.
	Parts() bool
	// Reads returns JSON pointers such that the value of a term stays the same where
	// nothing at them, above or below changes; "" is all of the input.
	Reads(term int) []string
	// EvalSome is Eval of some terms, of a program that has parts.
	EvalSome(ctx context.Context, input *value.Value, terms []int) (*value.Value, error)
}

// FindAgain is Find after some facts changed, derived ones among them: JSON pointers
// into [Subject.Input], "" for everything. Only the rules run that the change can
// touch.
func (e *Engine) FindAgain(ctx context.Context, s Subject, before Found, changed []string) (Found, error) {
	program, ok := e.findings.(selective)
	if !ok || !program.Parts() {
		return e.Find(ctx, s)
	}
	var again []int
	for i, reads := range e.reads() {
		rule, was := e.running[i], before.rules[i]
		touched := func(pointers []string) bool {
			return slices.ContainsFunc(pointers, func(p string) bool { return document.Touches(p, changed) })
		}
		if touched(reads) || touched(rule.Controls) || touched(was.about) {
			again = append(again, i)
		}
	}
	sets, err := program.EvalSome(ctx, s.both, again)
	if err != nil {
		return e.Find(ctx, s) // which has words for it
	}
	rules := slices.Clone(before.rules)
	for k, i := range again {
		if rules[i], err = e.outcome(i, sets.Items()[k], s); err != nil {
			return Found{}, said(err)
		}
	}
	all, err := join(e.running, rules)
	return all, said(err)
}

// readsOfRules finds out what each of the rules reads.
func (e *Engine) readsOfRules() [][]string {
	out := make([][]string, len(e.running))
	if program, ok := e.findings.(selective); ok && program.Parts() {
		for i := range out {
			out[i] = program.Reads(i)
		}
	}
	return out
}
