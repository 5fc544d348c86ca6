package rego

import (
	"context"
	"reflect"
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
	all := e.reads.rules.of(ctx, e.findings)
	if !ok || all == nil {
		return e.Find(ctx, s)
	}
	var again []int
	for i, reads := range all {
		rule, was := e.running[i], before.rules[i]
		if touched(reads, changed) || touched(rule.Controls, changed) || touched(was.about, changed) {
			again = append(again, i)
		}
	}
	if len(again) == 0 {
		return before, nil
	}
	sets, err := program.EvalSome(ctx, s.both, again)
	if err != nil {
		return e.Find(ctx, s) // which has words for it
	}
	rules, same := slices.Clone(before.rules), true
	for k, i := range again {
		if rules[i], err = e.outcome(i, sets.Items()[k], s); err != nil {
			return Found{}, said(err)
		}
		same = same && reflect.DeepEqual(rules[i], before.rules[i])
	}
	if same {
		return before, nil
	}
	found, err := join(e.running, rules)
	return found, said(err)
}

// Same tells whether it is what was found before, as [Engine.FindAgain] returns it.
func (f Found) Same(before Found) bool {
	return len(f.rules) > 0 && len(f.rules) == len(before.rules) && &f.rules[0] == &before.rules[0]
}

func touched(pointers, changed []string) bool {
	return slices.ContainsFunc(pointers, func(p string) bool { return document.Touches(p, changed) })
}

// reads is what the terms of a program read, once somebody asks.
type reads struct {
	once  sync.Once
	terms [][]string
}

func (r *reads) of(ctx context.Context, p Program) [][]string {
	r.once.Do(func() {
		if some, ok := p.(Selective); ok {
			r.terms = some.Reads(ctx)
		}
	})
	return r.terms
}
