package policy

import (
	"context"
	"errors"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/audition-dev/audition/internal/document"
)

// within runs do until ctx ends. Task says what has not happened when it is late.
//
// OPA stops between two steps only, and a whole compilation is one step, as is a
// call of a builtin or the comparison of two values, however large. So what is
// untrusted and has a time limit runs in a goroutine, which is left behind when it
// is late and ends with its step or with the process. Others do not: a new stack
// costs a fifth of the time of an evaluation.
//
// A panic is an error: a builtin may have one, and nobody could recover from that
// of a goroutine.
func within[T any](ctx context.Context, task string, untrusted bool, do func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	results := make(chan result, 1)
	run := func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r.err = fmt.Errorf("%s: panic: %v", task, p)
			}
			results <- r
		}()
		r.value, r.err = do()
	}
	var none T
	switch _, limited := ctx.Deadline(); {
	case ctx.Err() != nil:
		return none, stopped(task, ctx.Err())
	case untrusted && limited:
		go run()
	default:
		run()
	}
	select {
	case r := <-results:
		if ctx.Err() == nil {
			return r.value, said(r.err)
		}
	case <-ctx.Done():
	}
	return none, stopped(task, ctx.Err())
}

func stopped(task string, err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%s within the time limit: %w", task, err)
	}
	return fmt.Errorf("%s: %w", task, err)
}

// said makes of an error a line for each that is joined in it, without control
// characters, not too long and not too many: a policy writes much of their text.
func said(err error) error {
	lines := joined(err)
	if len(lines) > document.MaxErrors {
		more := fmt.Errorf("and %d more errors", len(lines)-document.MaxErrors)
		lines = append(lines[:document.MaxErrors], more)
	}
	for i, l := range lines {
		if text := document.OneLine(cut(l.Error())); text != l.Error() {
			lines[i] = errors.New(text)
		}
	}
	return errors.Join(lines...)
}

func joined(err error) (out []error) {
	switch err := err.(type) {
	case nil:
	case document.Errors:
		for _, e := range err {
			out = append(out, e)
		}
	case interface{ Unwrap() []error }:
		for _, e := range err.Unwrap() {
			out = append(out, joined(e)...)
		}
	default:
		out = []error{err}
	}
	return out
}

// evaluate runs a prepared query and returns its array. It stops when ctx ends.
func evaluate(ctx context.Context, q rego.PreparedEvalQuery, input ast.Value) (*ast.Array, error) {
	cancel := topdown.NewCancel()
	defer context.AfterFunc(ctx, cancel.Cancel)()
	results, err := q.Eval(ctx,
		rego.EvalParsedInput(input),
		rego.EvalMetrics(metrics.NoOp()),
		rego.EvalExternalCancel(cancel),
		rego.EvalGenerateJSON(func(t *ast.Term, _ *rego.EvalContext) (any, error) { return t.Value, nil }))
	if err != nil {
		return nil, evalError(err)
	}
	if len(results) == 1 && len(results[0].Expressions) == 1 {
		if array, ok := results[0].Expressions[0].Value.(*ast.Array); ok {
			return array, nil
		}
	}
	return nil, errors.New("evaluation: a rule has no value, expected every rule to define findings")
}

func evalError(err error) error {
	var e *topdown.Error
	if errors.As(err, &e) && e.Location != nil {
		return fmt.Errorf("%s:%d:%d: %s", e.Location.File, e.Location.Row, e.Location.Col, e.Message)
	}
	return fmt.Errorf("evaluation: %w", err)
}
