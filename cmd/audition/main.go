// Command audition judges AI agents before they are deployed.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/cmd/audition/internal/declare"
	"github.com/audition-dev/audition/cmd/audition/internal/policy"
	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/cmd/audition/internal/waiver"
	"github.com/audition-dev/audition/internal/confine"
)

func main() {
	collect(late)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// When garbage is collected: late, since compiling the rules leaves some that a short run
// never needs back, and as usual while inputs are searched and where they are many, as
// something is kept of each. To let all of it wait would cost more than it saves: memory
// that was never touched is slow.
const (
	late    = 400
	asUsual = 100
	many    = 10_000
)

// collect sets when garbage is collected, unless the usual variable does.
func collect(percent int) {
	if _, set := os.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(percent)
	}
}

// run is the program: arguments and streams in, an exit code out.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	var deadline session.Limit
	root.PersistentFlags().Var(&deadline, "deadline", "time limit for the whole run; what is not judged by then is undecided; 0 is none")
	cancel := func() {}
	root.PersistentPreRun = func(cmd *cobra.Command, _ []string) {
		ctx, cancel = deadline.Bound(ctx)
		cmd.SetContext(ctx)
	}
	defer func() { cancel() }()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return session.ExitApprove
	}
	if message := err.Error(); message != "" {
		fmt.Fprintln(stderr, message)
	}
	return session.CodeOf(err)
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "audition",
		Short: "Judge AI agents before they are deployed",
		Long: `Audition reads the declared profile of an AI agent, derives findings for the
seven MAESTRO layers with Rego rules, computes the OWASP AIVSS score, and gives
one verdict: approve, review or reject.`,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	version := root.Flags().Bool("version", false, "print version, commit, and the OPA and policy within")
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if *version {
			return printVersion(cmd, cmd.OutOrStdout())
		}
		return cmd.Help()
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
	})
	root.AddCommand(declare.NewInit(), declare.NewAnswer(), newCheck(), newImport(), newScore(), newRules(), newExplain(), newQuestions(), waiver.New(), newReport(), newDiff(), newBaseline(), newReplay(), policy.New(), newSchema(), newManual(), newConfined())
	prepare(root)
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

// prepare does for every command what none does for itself.
func prepare(cmd *cobra.Command) {
	completeFlags(cmd)
	if cmd.Args != nil {
		cmd.Args = orExample(cmd.Args)
	}
	for _, sub := range cmd.Commands() {
		prepare(sub)
	}
}

// orExample says of arguments that are not right what is expected, with an example.
func orExample(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		err := check(cmd, args)
		_, expected, takes := strings.Cut(cmd.Use, " ")
		if err == nil || !takes {
			return err
		}
		example, _, _ := strings.Cut(strings.TrimSpace(cmd.Example), "\n")
		return fmt.Errorf("%s: expected %s, got %s, such as: %s", cmd.CommandPath(), expected, session.Counted(len(args), "argument"), strings.TrimSuffix(example, ` \`))
	}
}

// completeFlags lets a shell complete the value of every flag of a few words.
func completeFlags(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if o, ok := f.Value.(interface{ Words() []string }); ok {
			completeFlag(cmd, f.Name, cobra.FixedCompletions(o.Words(), cobra.ShellCompDirectiveNoFileComp))
		}
	})
	if cmd.Flags().Lookup("waivers") != nil {
		completeFlag(cmd, "waivers", cobra.FixedCompletions([]string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt))
	}
}

// completeFlag lets a shell complete the value of a flag.
func completeFlag(cmd *cobra.Command, flag string, complete cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
		panic(err) // There is no such flag.
	}
}
