package policy

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// GateInput is what gates read; its shape is policies/schema/gate.jsonschema.
// The values are JSON values.
type GateInput struct {
	Profile, Derived, Score, Config map[string]any
	Findings                        []any
}

// Reason is what a gate says for a decision.
type Reason struct {
	// Decision is reject or review.
	Decision string
	// Gate is the package of the gate.
	Gate    string
	Message string
	// Rule and Term name the finding the reason is about, if any.
	Rule, Term string
}

// Gate runs every gate.
func (e *Engine) Gate(ctx context.Context, in GateInput) ([]Reason, error) {
	input, err := ast.InterfaceToValue(map[string]any{
		"profile": in.Profile, "derived": in.Derived, "score": in.Score, "config": in.Config, "findings": in.Findings,
	})
	if err != nil {
		return nil, err
	}
	sets, err := evaluate(ctx, e.decide, input)
	if err != nil {
		return nil, err
	}
	var out []Reason
	for i := range sets.Len() {
		gate, decision := e.gates[i/len(decisions)], decisions[i%len(decisions)]
		set, ok := sets.Elem(i).Value.(ast.Set)
		if !ok {
			return nil, fmt.Errorf("%s: %s: expected a set of reasons", gate, decision)
		}
		for _, t := range set.Slice() {
			r, err := reason(t)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", gate, decision, err)
			}
			r.Gate, r.Decision = gate, decision
			out = append(out, r)
		}
	}
	return out, nil
}

// reason reads a text, or an object of message, rule and term.
func reason(t *ast.Term) (r Reason, err error) {
	if s, ok := t.Value.(ast.String); ok {
		return Reason{Message: string(s)}, nil
	}
	object, ok := t.Value.(ast.Object)
	if !ok {
		return r, fmt.Errorf("expected a text or an object with message, got %s", t)
	}
	err = object.Iter(func(k, v *ast.Term) (err error) {
		key, _ := k.Value.(ast.String)
		switch key {
		case "message":
			r.Message, err = text(v)
		case "rule":
			r.Rule, err = text(v)
		case "term":
			r.Term, err = text(v)
		default:
			err = fmt.Errorf("reason: unknown key %s, expected message, rule, term", k)
		}
		return err
	})
	if err == nil && r.Message == "" {
		err = fmt.Errorf("reason: expected message")
	}
	return r, err
}
