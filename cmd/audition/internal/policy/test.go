package policy

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/report/show"
)

// testLimit bounds one Rego test.
const testLimit = 10 * time.Second

// testRun is what the flags of the command say.
type testRun struct {
	authored
	output    session.OneOf
	run       string
	threshold int
	verbose   bool
}

func newPolicyTest() *cobra.Command {
	t := testRun{output: session.Choose("text", "json", "junit")}
	cmd := &cobra.Command{
		Use:   "test [PATH...]",
		Short: "Run the Rego tests and measure which lines they reach",
		Long: `Test runs the rules whose names begin with test_, as opa test does, with the
builtins that policies have. Tests can use the builtin policy; its own tests do
not run and its lines do not count. An error of a builtin is an error of the
test. A test named todo_test_… is skipped, and one that takes longer than 10
seconds is an error.

JUnit reports have no times, so that the same tests give the same bytes.

Exit codes: 0 all pass, 1 a test does not or the coverage is too low, 2 usage,
3 something does not parse or compile, 5 there is no test.`,
		Example: `  audition policy test policies
  audition policy test policies --run gate -v
  audition policy test policies --threshold 100 -o junit > report.xml`,
		RunE: func(cmd *cobra.Command, args []string) error { return t.test(cmd, args) },
	}
	f := cmd.Flags()
	f.VarP(&t.output, "output", "o", "format: text, json or junit")
	f.StringVar(&t.run, "run", "", "run only tests whose name <package>.<test> this regular expression matches")
	f.IntVar(&t.threshold, "threshold", 0, "the least coverage in percent of the lines, 0 to 100")
	f.BoolVarP(&t.verbose, "verbose", "v", false, "show also what passes and what it prints, and all lines that no test reaches")
	t.Choosing(f)
	return cmd
}

func (t *testRun) test(cmd *cobra.Command, paths []string) error {
	if t.threshold < 0 || t.threshold > 100 {
		return fmt.Errorf("--threshold %d: expected a percentage, 0 to 100", t.threshold)
	}
	if _, err := regexp.Compile(t.run); err != nil {
		return fmt.Errorf("--run %s: %s", t.run, strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), authoring)
	defer cancel()
	s, suite, err := t.open(ctx, paths)
	if err != nil {
		return err
	}
	defer s.Close()
	run, err := suite.Test(ctx, t.run, testLimit)
	if err != nil {
		return fault.Undecided(err)
	}
	if len(run.Tests) == 0 {
		return fault.Nothing(errors.New(t.none(paths)))
	}
	tested := show.Tested{Covered: run.Covered, Lines: run.Lines, Threshold: t.threshold}
	for _, r := range run.Tests {
		tested.Tests = append(tested.Tests, show.TestResult(r))
	}
	for _, u := range run.Uncovered {
		tested.Uncovered = append(tested.Uncovered, show.Uncovered(u))
	}
	switch t.output.Value {
	case "json":
		err = show.TestedJSON(cmd.OutOrStdout(), tested)
	case "junit":
		err = show.TestedJUnit(cmd.OutOrStdout(), tested)
	default:
		err = show.TestedText(cmd.OutOrStdout(), tested, t.verbose, session.PrintOptions(cmd.OutOrStdout()))
	}
	if err == nil && !tested.Holds() {
		err = session.Failed(session.ExitReject)
	}
	return err
}

// none says why no test ran.
func (t *testRun) none(paths []string) string {
	if t.run != "" {
		return fmt.Sprintf("%s: no test has a name that --run %s matches", strings.Join(paths, ", "), t.run)
	}
	return strings.Join(paths, ", ") + ": no test, expected rules named test_… in files named …_test.rego"
}
