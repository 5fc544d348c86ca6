package policy

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Judged is what gates read beside the agent; the shape of all of it is
// policies/schema/gate.jsonschema. The values are JSON values.
type Judged struct {
	Score, Config map[string]any
	Findings      []any
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

// gateInput is what gates read.
func gateInput(s Subject, j Judged) (ast.Value, error) {
	input := ast.NewObject(
		[2]*ast.Term{ast.StringTerm("profile"), ast.NewTerm(s.plain)},
		[2]*ast.Term{ast.StringTerm("derived"), ast.NewTerm(s.conclusions)})
	for key, v := range map[string]any{"score": j.Score, "config": j.Config, "findings": j.Findings} {
		value, err := ast.InterfaceToValue(v)
		if err != nil {
			return nil, err
		}
		input.Insert(ast.StringTerm(key), ast.NewTerm(value))
	}
	return input, nil
}

// Gate runs every gate.
func (e *Engine) Gate(ctx context.Context, s Subject, j Judged) ([]Reason, error) {
	input, err := gateInput(s, j)
	if err != nil {
		return nil, err
	}
	sets, err := evaluate(ctx, e.decide, input)
	if err != nil {
		return nil, err
	}
	var out []Reason
	for i, g := range e.deciding {
		set, ok := sets.Elem(i).Value.(ast.Set)
		if !ok {
			return nil, fmt.Errorf("%s: %s: expected a set of reasons", g.pkg, g.decision)
		}
		for _, t := range set.Slice() {
			r, err := reason(t)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", g.pkg, g.decision, err)
			}
			r.Gate, r.Decision = g.pkg, g.decision
			out = append(out, r)
		}
	}
	return out, nil
}

// reason reads a text, or an object of message, rule and term.
func reason(t *ast.Term) (r Reason, err error) {
	if s, ok := t.Value.(ast.String); ok && s != "" {
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
