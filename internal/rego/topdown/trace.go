package topdown

import (
	"context"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Why evaluates a test, such as data.org.acme.x_test.test_y, that begins at a
// place, and says in a line why it does not hold: the expression at which it came
// furthest, or the first error.
func (c Compiled) Why(ctx context.Context, txn storage.Transaction, test string, at *ast.Location) string {
	trace := topdown.NewBufferTracer()
	_, err := rego.New(rego.Query(test), rego.Compiler(c.Compiler), rego.Store(c.Store), rego.Transaction(txn),
		rego.StrictBuiltinErrors(true), rego.QueryTracer(trace)).Eval(ctx)
	if err != nil {
		return failure(err).Error()
	}
	if at := failedAt(*trace, at); at != nil {
		return fmt.Sprintf("%s:%d: %s", at.File, at.Row, strings.Join(strings.Fields(string(at.Text)), " "))
	}
	return "its value is not true"
}

// failedAt returns the expression of a test at which it came furthest.
func failedAt(trace []*topdown.Event, test *ast.Location) (at *ast.Location) {
	bodies := map[uint64]bool{}
	for _, e := range trace {
		switch node := e.Node.(type) {
		case *ast.Rule:
			if loc := node.Loc(); e.Op == topdown.EnterOp && loc.File == test.File && loc.Row == test.Row {
				bodies[e.QueryID] = true
			}
		case *ast.Expr:
			if e.Op == topdown.FailOp && bodies[e.QueryID] {
				at = node.Location
			}
		}
	}
	return at
}
