package rego

import (
	"context"
	"slices"
	"sync"

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

// Selective is a program that may know what its terms read of the input.
type Selective interface {
	Program
	// Reads returns for each term JSON pointers such that its value stays the same where
	// nothing at them, above or below changes; "" is all of the input. It returns nil
	// where the terms cannot be asked for alone.
	Reads(ctx context.Context) [][]string
	// EvalSome is Eval of some terms, where these can be asked for alone.
	EvalSome(ctx context.Context, input *value.Value, terms []int) (*value.Value, error)
}

// FindAgain is Find after some facts changed, derived ones among them: JSON pointers
// into [Subject.Input], "" for everything. Only the rules run that the change can
// touch.
func (e *Engine) FindAgain(ctx context.Context, s Subject, before Found, changed []string) (Found, error) {
	program, ok := e.findings.(Selective)
	if !ok {
		return e.Find(ctx, s)
	}
	all := e.reads.of(ctx, program)
	if all == nil {
		return e.Find(ctx, s)
	}
	var again []int
	for i, reads := range all {
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
	found, err := join(e.running, rules)
	return found, said(err)
}

// reads is what each of the rules reads, once somebody asks.
type reads struct {
	once  sync.Once
	rules [][]string
}

func (r *reads) of(ctx context.Context, p Selective) [][]string {
	r.once.Do(func() { r.rules = p.Reads(ctx) })
	return r.rules
}
