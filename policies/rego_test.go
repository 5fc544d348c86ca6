package policies_test

import (
	"context"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// TestRego runs every Rego test as a subtest and demands that together they
// cover every line.
func TestRego(t *testing.T) {
	ctx := context.Background()
	modules := parseAll(t)
	coverage := cover.New()
	runner := tester.NewRunner().
		SetCompiler(compiled(t, modules)).
		SetStore(inmem.New()).
		SetModules(modules).
		SetCoverageQueryTracer(coverage)
	results, err := runner.Run(ctx, modules)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for r := range results {
		count++
		t.Run(strings.TrimPrefix(r.Package, "data.")+"/"+r.Name, func(t *testing.T) {
			switch {
			case r.Error != nil:
				t.Errorf("%s: %v", r.Location, r.Error)
			case r.Fail || r.Skip:
				t.Errorf("%s failed at %v", r.Location, r.FailedAt)
			}
		})
	}
	if count < len(modules) {
		t.Errorf("%d tests in %d files", count, len(modules))
	}
	for file, report := range coverage.Report(modules).Files {
		for _, r := range report.NotCovered {
			t.Errorf("%s:%d: no test reaches this line", file, r.Start.Row)
		}
	}
}

func compiled(t testing.TB, modules map[string]*ast.Module) *ast.Compiler {
	t.Helper()
	c := ast.NewCompiler().WithStrict(true)
	if c.Compile(modules); c.Failed() {
		t.Fatal(c.Errors)
	}
	return c
}
