package policies_test

import (
	"context"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/loader"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// TestRego runs every Rego test as a subtest and demands that together they
// cover every line.
func TestRego(t *testing.T) {
	ctx := context.Background()
	modules, ids := parseAll(t), ids(t)
	coverage := cover.New()
	store := inmem.New()
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Abort(ctx, txn)
	results, err := tester.NewRunner().
		SetCompiler(ast.NewCompiler().WithStrict(true)).
		SetStore(store).
		SetModules(modules).
		SetCoverageQueryTracer(coverage).
		RunTests(ctx, txn)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for r := range results {
		count++
		t.Run(called(modules[r.Location.File], ids)+"/"+r.Name, func(t *testing.T) {
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

// TestStockOPALoads: opa test policies and opa check accept the tree as it is;
// its YAML files are data beside the rules and must not contradict each other.
func TestStockOPALoads(t *testing.T) {
	result, err := loader.NewFileLoader().WithProcessAnnotation(true).All([]string{"."})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Modules) != len(parseAll(t)) {
		t.Errorf("%d modules, expected %d", len(result.Modules), len(parseAll(t)))
	}
	schemas, err := loader.Schemas("schema")
	if err != nil {
		t.Fatal(err)
	}
	c := ast.NewCompiler().WithStrict(true).WithSchemas(schemas).WithUseTypeCheckAnnotations(true)
	if c.Compile(result.ParsedModules()); c.Failed() {
		t.Error(c.Errors)
	}
}
