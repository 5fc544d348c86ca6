package policies_test

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/golden"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// TestMutants removes and negates each condition of each rule and of the gate, one at a
// time: a test beside it has to fail that passes without. Mutants that do not compile do
// not count.
func TestMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("long, in one goroutine")
	}
	killed, total, met, left := 0, 0, 0, 0
	modules, ids := parseAll(t), ids(t)
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		decides := path.Dir(name) == "gate" && !strings.HasSuffix(name, "_test.rego")
		if !isRule(name) && !decides {
			continue
		}
		beside := map[string]*ast.Module{"test": modules[strings.TrimSuffix(name, ".rego")+"_test.rego"]}
		for other := range modules {
			if decides && other != name && path.Dir(other) == "gate" && !strings.HasSuffix(other, "_test.rego") {
				beside[other] = modules[other]
			}
		}
		left++
		t.Run(called(modules[name], ids), func(t *testing.T) {
			left--
			if passes, compiles := run(t, name, modules[name], beside); !passes || !compiles {
				t.Fatalf("%s: its own tests fail", name)
			}
			for _, m := range mutants(modules[name]) {
				if met++; !golden.Exhaustive() && met%8 != 0 {
					continue
				}
				switch survives, compiles := run(t, name, m.module, beside); {
				case !compiles:
				case survives:
					total++
					t.Errorf("%s:%d: no test notices when this is %s: %s", name, m.row, m.how, m.what)
				default:
					total++
					killed++
				}
			}
		})
	}
	t.Logf("%d of %d mutants killed", killed, total)
	if left == 0 && total < golden.Rounds(500) { // else -run chose some rules
		t.Errorf("only %d mutants", total)
	}
}

type mutant struct {
	module    *ast.Module
	row       int
	how, what string
}

// mutants returns the module with one condition removed or negated, for each.
func mutants(m *ast.Module) (out []mutant) {
	bodies(m, func(which int, body ast.Body) {
		for i, expr := range body {
			if term, ok := expr.Terms.(*ast.Term); ok && term.Equal(ast.BooleanTerm(true)) {
				continue // OPA's own, for a rule without a condition
			}
			for _, how := range []string{"removed", "negated"} {
				if _, declares := expr.Terms.(*ast.SomeDecl); how == "negated" && (declares || expr.IsAssignment() || expr.IsEvery()) {
					continue
				}
				changed := m.Copy()
				bodies(changed, func(other int, b ast.Body) {
					if other != which {
						return
					}
					if how == "negated" {
						b[i].Negated = !b[i].Negated
						return
					}
					b[i].Terms, b[i].Negated, b[i].With = ast.BooleanTerm(true), false, nil
				})
				out = append(out, mutant{changed, expr.Location.Row, how, strings.TrimSpace(string(expr.Location.Text))})
			}
		}
	})
	return out
}

// bodies calls do for every body of a module, else branches included, in order.
func bodies(m *ast.Module, do func(which int, body ast.Body)) {
	which := 0
	for _, r := range m.Rules {
		for ; r != nil; r = r.Else {
			do(which, r.Body)
			which++
		}
	}
}

// run tells whether every test passes, and whether the module compiles beside others,
// its test among them.
func run(t *testing.T, name string, m *ast.Module, beside map[string]*ast.Module) (passes, compiles bool) {
	t.Helper()
	ctx, store := context.Background(), inmem.New()
	copied := func() map[string]*ast.Module {
		all := map[string]*ast.Module{name: m.Copy()}
		for other, module := range beside {
			all[other] = module.Copy()
		}
		return all
	}
	c := ast.NewCompiler()
	if c.Compile(copied()); c.Failed() {
		return false, false
	}
	passes = true
	err := storage.Txn(ctx, store, storage.TransactionParams{}, func(txn storage.Transaction) error {
		results, err := tester.NewRunner().SetStore(store).SetCompiler(ast.NewCompiler()).SetModules(copied()).RunTests(ctx, txn)
		if err != nil {
			return err
		}
		for r := range results {
			if r.Fail || r.Error != nil {
				passes = false
			}
		}
		return nil
	})
	if err != nil {
		return false, false
	}
	return passes, true
}
