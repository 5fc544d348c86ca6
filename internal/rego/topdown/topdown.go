// Package topdown evaluates compiled Rego with the interpreter of OPA. It knows
// neither rules nor gates: a program is a list of terms, and its value an array.
package topdown

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/audition-dev/audition/internal/rego/value"
)

// Compiled is Rego with the data that it reads.
type Compiled struct {
	Compiler *ast.Compiler
	Store    storage.Store
	// Untrusted is Rego that nobody vouches for; see [Within].
	Untrusted bool
}

// Program is a list of terms, prepared once. It is safe for concurrent use.
type Program struct {
	query     rego.PreparedEvalQuery
	untrusted bool
}

// Prepare makes a program whose value is the array of the values of the terms. It
// ends when ctx ends.
func (c Compiled) Prepare(ctx context.Context, terms []string) (*Program, error) {
	return Within(ctx, "policy: not compiled", c.Untrusted, func() (*Program, error) {
		q, err := rego.New(
			rego.Query("["+strings.Join(terms, ", ")+"]"),
			rego.Compiler(c.Compiler),
			rego.Capabilities(c.Compiler.Capabilities()),
			rego.Store(c.Store),
			rego.StrictBuiltinErrors(true),
		).PrepareForEval(ctx)
		return &Program{q, c.Untrusted}, err
	})
}

// Eval returns the values of the terms for an input, nil where it is undefined. A
// term without a value, an error of a builtin and the end of ctx are errors.
func (p *Program) Eval(ctx context.Context, input *value.Value) (*value.Value, error) {
	return Within(ctx, "evaluation: not done", p.untrusted, func() (*value.Value, error) {
		var in ast.Value
		if input != nil {
			in = input.AST().Value
		}
		array, err := p.eval(ctx, in)
		if err != nil {
			return nil, err
		}
		// This sorts sets and objects, which compares values however large.
		var a value.Arena
		return a.FromAST(array)
	})
}

func (p *Program) eval(ctx context.Context, input ast.Value) (*ast.Array, error) {
	cancel := topdown.NewCancel()
	defer context.AfterFunc(ctx, cancel.Cancel)()
	results, err := p.query.Eval(ctx,
		rego.EvalParsedInput(input),
		rego.EvalMetrics(metrics.NoOp()),
		rego.EvalExternalCancel(cancel),
		rego.EvalGenerateJSON(func(t *ast.Term, _ *rego.EvalContext) (any, error) { return t.Value, nil }))
	if err != nil {
		return nil, failure(err)
	}
	if len(results) == 1 && len(results[0].Expressions) == 1 {
		if array, ok := results[0].Expressions[0].Value.(*ast.Array); ok {
			return array, nil
		}
	}
	return nil, errors.New("evaluation: a rule has no value, expected every rule to define findings")
}

// Cancelled tells whether an error is that an evaluation was stopped.
func Cancelled(err error) bool { return topdown.IsCancel(err) }

// failure writes an error of OPA as file:line:column: message.
func failure(err error) error {
	var e *topdown.Error
	if errors.As(err, &e) && e.Location != nil {
		return fmt.Errorf("%s:%d:%d: %s", e.Location.File, e.Location.Row, e.Location.Col, e.Message)
	}
	return fmt.Errorf("evaluation: %w", err)
}
