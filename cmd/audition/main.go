// Command audition judges AI agents before they are deployed.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/confine"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/suggest"
)

// version is the version of this program.
const version = "0.1.0"

// The exit codes. They do not depend on the output format. Over many inputs the
// first of 3, 5, 1, 4, 0 that occurs is the code.
const (
	exitApprove   = 0 // every agent is approved
	exitReject    = 1 // an agent is rejected
	exitUsage     = 2 // usage or configuration
	exitUndecided = 3 // an agent could not be decided: parse, compile, evaluation, time limit
	exitReview    = 4 // an agent needs a review
	exitNothing   = 5 // nothing was evaluated
)

func main() {
	collectLate()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// collectLate lets garbage wait until there is much of it: compiling the rules
// leaves some that a short run never needs back. The usual variables win.
func collectLate() {
	_, percent := os.LookupEnv("GOGC")
	_, limit := os.LookupEnv("GOMEMLIMIT")
	if !percent && !limit {
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(256 << 20)
	}
}

// failed is a command that has said everything and found what it is to fail for.
type failed int

func (failed) Error() string { return "" }

// run is the program: arguments and streams in, an exit code out.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitApprove
	}
	if message := err.Error(); message != "" {
		fmt.Fprintln(stderr, message)
	}
	return codeOf(err)
}

// codeOf is the exit code of an error.
func codeOf(err error) int {
	var f failed
	if errors.As(err, &f) {
		return int(f)
	}
	switch fault.KindOf(err) {
	case fault.Open:
		return exitUndecided
	case fault.Empty:
		return exitNothing
	}
	return exitUsage
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "audition",
		Short: "Judge AI agents before they are deployed",
		Long: `Audition reads the declared profile of an AI agent, derives findings for the
seven MAESTRO layers with Rego rules, computes the OWASP AIVSS score, and gives
one verdict: approve, review or reject.`,
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
	})
	root.AddCommand(newCheck(), newScore(), newRules(), newExplain(), newQuestions(), newWaiver(), newReport(), newDiff(), newBaseline(), newReplay(), newPolicy(), newSchema(), newConfined())
	completeFlags(root)
	return root
}

// newConfined is the program as the process that evaluates policy which nobody
// vouches for: a program calls it, no person.
func newConfined() *cobra.Command {
	return &cobra.Command{
		Use: "confined", Hidden: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return confine.Serve(cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
}

// completeFlags lets a shell complete the value of every flag of a few words.
func completeFlags(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if o, ok := f.Value.(interface{ words() []string }); ok {
			if err := cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(o.words(), cobra.ShellCompDirectiveNoFileComp)); err != nil {
				panic(err) // There is no such flag.
			}
		}
	})
	for _, sub := range cmd.Commands() {
		completeFlags(sub)
	}
}

// oneOf is a flag whose value is one of a few words.
type oneOf struct {
	value   string
	allowed []string
}

var _ pflag.Value = (*oneOf)(nil)

func (o *oneOf) String() string { return o.value }
func (o *oneOf) Type() string   { return "string" }

// words are what a shell may offer.
func (o *oneOf) words() []string { return o.allowed }

func (o *oneOf) Set(s string) error {
	if !slices.Contains(o.allowed, s) {
		return fmt.Errorf("unknown value %q%s", s, suggest.DidYouMean(s, o.allowed))
	}
	o.value = s
	return nil
}
