package rego

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

// GateInput is what gates read.
func GateInput(s Subject, j Judged) (ast.Value, error) {
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

// Gate runs the gates.
func (e *Engine) Gate(ctx context.Context, s Subject, j Judged) ([]Reason, error) {
	input, err := GateInput(s, j)
	if err != nil {
		return nil, err
	}
	sets, err := e.decide.Eval(ctx, input)
	if err != nil {
		return nil, said(err)
	}
	reasons, err := e.reasons(sets)
	return reasons, said(err)
}

func (e *Engine) reasons(sets *ast.Array) (out []Reason, err error) {
	i := 0
	for _, g := range e.deciding {
		for _, decision := range g.Decisions {
			set, ok := sets.Elem(i).Value.(ast.Set)
			if i++; !ok {
				return nil, fmt.Errorf("%s: %s: expected a set of reasons", g.Package, decision)
			}
			if len(out)+set.Len() > maxFindings {
				return nil, fmt.Errorf("%s: %s: expected at most %d reasons of all gates", g.Package, decision, maxFindings)
			}
			for _, t := range set.Slice() {
				r, err := reason(t)
				if err != nil {
					return nil, fmt.Errorf("%s: %s: %w", g.Package, decision, err)
				}
				r.Gate, r.Decision = g.Package, decision
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// reason reads a text, or an object of message, rule and term.
func reason(t *ast.Term) (r Reason, err error) {
	if s, ok := t.Value.(ast.String); ok && s != "" {
		return Reason{Message: cut(string(s), maxText)}, nil
	}
	object, ok := t.Value.(ast.Object)
	if !ok {
		return r, fmt.Errorf("expected a text or an object with message, got %s", shown(t))
	}
	err = object.Iter(func(k, v *ast.Term) (err error) {
		key, _ := k.Value.(ast.String)
		switch key {
		case "message":
			r.Message, err = str(v)
		case "rule":
			r.Rule, err = label(v)
		case "term":
			r.Term, err = label(v)
		default:
			err = fmt.Errorf("reason: unknown key %s, expected message, rule, term", shown(k))
		}
		return err
	})
	if err == nil && r.Message == "" {
		err = fmt.Errorf("reason: expected message")
	}
	r.Message = cut(r.Message, maxText)
	return r, err
}
