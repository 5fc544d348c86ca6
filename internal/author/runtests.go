package author

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/rego/topdown"
)

// The outcomes of a test.
const (
	Passed  = "pass"
	Failed  = "fail"
	Errored = "error"
	Skipped = "skip" // todo_test_…
)

// TestResult is one Rego test that was run.
type TestResult struct {
	Package, Name string
	File          string
	Line          int
	Outcome       string
	// Message says where and why it did not pass, in one line.
	Message string
	// Output is what it printed.
	Output string
}

// Uncovered are lines that no test reaches, the first and the last of them.
type Uncovered struct {
	File     string
	From, To int
}

// TestRun is what came of running the tests of a suite.
type TestRun struct {
	// Tests are sorted by place.
	Tests []TestResult
	// Covered counts the lines that some test reaches, of Lines in the files of
	// the sources that are no tests.
	Covered, Lines int
	Uncovered      []Uncovered
}

// Test runs the tests whose name, data.<package>.<test>, matches the regular
// expression; the empty one matches all. Limit bounds each test.
func (s *Suite) Test(ctx context.Context, match string, limit time.Duration) (TestRun, error) {
	if err := s.twice(); err != nil {
		return TestRun{}, err
	}
	c, err := s.parsed.Compiler()
	if err != nil {
		return TestRun{}, err
	}
	modules := map[string]*ast.Module{}
	for key, f := range s.parsed.Files {
		modules[key] = f.Module
	}
	run := runner{compiled: topdown.Compiled{Compiler: c.WithEnablePrintStatements(true), Store: s.parsed.Store()}, limit: limit}
	coverage := cover.New()
	err = storage.Txn(ctx, run.compiled.Store, storage.TransactionParams{}, func(txn storage.Transaction) error {
		results, err := tester.NewRunner().
			SetCompiler(c).SetStore(run.compiled.Store).SetModules(modules).
			SetCoverageQueryTracer(coverage).SetCoverageRuns(nil).
			RaiseBuiltinErrors(true).Filter(match).SetTimeout(limit).
			RunTests(ctx, txn)
		if err != nil {
			return err
		}
		for r := range results {
			run.tests = append(run.tests, run.result(ctx, txn, r))
		}
		return ctx.Err()
	})
	if err != nil {
		return TestRun{}, err
	}
	slices.SortFunc(run.tests, func(a, b TestResult) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Name, b.Name))
	})
	out := TestRun{Tests: run.tests}
	s.cover(coverage, &out)
	return out, nil
}

// twice refuses tests of one name: OPA numbers them in no order.
func (s *Suite) twice() error {
	first, all := map[string]*ast.Location{}, s.parsed.Files
	var wrong rego.Problems
	for _, key := range slices.Sorted(maps.Keys(all)) {
		for _, r := range all[key].Module.Rules {
			name := r.Head.Ref().GroundPrefix().String()
			if !strings.HasPrefix(name, tester.TestPrefix) {
				continue
			}
			full := parse.PackageOf(all[key].Module) + "." + name
			if at := first[full]; at != nil {
				wrong = append(wrong, rego.Problem{File: r.Loc().File, Line: r.Loc().Row, Message: fmt.Sprintf("test %s stands twice, first at %s:%d", full, at.File, at.Row)})
				continue
			}
			first[full] = r.Loc()
		}
	}
	if len(wrong) > 0 {
		return wrong.Sorted()
	}
	return nil
}

// runner runs tests.
type runner struct {
	compiled topdown.Compiled
	limit    time.Duration
	tests    []TestResult
}

func (run *runner) result(ctx context.Context, txn storage.Transaction, r *tester.Result) TestResult {
	t := TestResult{
		Package: strings.TrimPrefix(r.Package, "data."), Name: r.Name, File: r.Location.File, Line: r.Location.Row,
		Outcome: Passed, Output: string(r.Output),
	}
	switch {
	case r.Skip:
		t.Outcome = Skipped
	case topdown.Cancelled(r.Error):
		t.Outcome, t.Message = Errored, fmt.Sprintf("not done within %v", run.limit)
	case r.Error != nil:
		t.Outcome, t.Message = Errored, run.why(ctx, txn, r)
	case r.Fail:
		t.Outcome, t.Message = Failed, run.why(ctx, txn, r)
	}
	return t
}

// why runs a test that did not pass again, and says which line failed or what
// the first error was.
func (run *runner) why(ctx context.Context, txn storage.Transaction, r *tester.Result) string {
	var cases []string
	for name, sub := range r.SubResults.Iter {
		if sub.Fail && len(sub.SubResults) == 0 {
			cases = append(cases, strings.Join(name, "."))
		}
	}
	if r.Error == nil && len(cases) > 0 {
		return "case " + strings.Join(cases, ", ")
	}
	ctx, cancel := context.WithTimeout(ctx, run.limit)
	defer cancel()
	return run.compiled.Why(ctx, txn, r.Package+"."+r.Name, r.Location)
}

// cover counts the lines of the sources that tests reach.
func (s *Suite) cover(c *cover.Cover, out *TestRun) {
	modules := map[string]*ast.Module{}
	for _, f := range s.parsed.Files {
		if !f.Builtin && !f.Test {
			modules[f.Module.Package.Loc().File] = f.Module
		}
	}
	report := c.Report(modules)
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		f := report.Files[name]
		out.Covered += f.CoveredLines
		out.Lines += f.CoveredLines + f.NotCoveredLines
		for _, r := range f.NotCovered {
			if i := len(out.Uncovered) - 1; i >= 0 && out.Uncovered[i].File == name && r.Start.Row <= out.Uncovered[i].To+1 {
				out.Uncovered[i].To = max(out.Uncovered[i].To, r.End.Row)
				continue
			}
			out.Uncovered = append(out.Uncovered, Uncovered{name, r.Start.Row, r.End.Row})
		}
	}
}
