package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/policy"
	"github.com/audition-dev/audition/internal/report"
	"github.com/audition-dev/audition/internal/suggest"
	"github.com/audition-dev/audition/internal/verdict"
)

// check is what the flags of the command say.
type check struct {
	output    oneOf
	failOn    oneOf
	exitZero  bool
	config    string
	policies  []string
	at        string
	timeout   time.Duration
	memory    mebibytes
	questions bool
}

func newCheckFlags() *check {
	return &check{
		output: oneOf{report.Names()[0], report.Names()},
		failOn: oneOf{string(verdict.Review), []string{string(verdict.Review), string(verdict.Reject)}},
		memory: enoughMemory,
	}
}

// judging adds the flags that decide how an agent is judged.
func (c *check) judging(f *pflag.FlagSet) {
	f.StringVar(&c.config, "config", "", "configuration file")
	f.StringArrayVar(&c.policies, "policy", nil, "directory of further rules and gates in Rego; repeatable")
	f.StringVar(&c.at, "at", "", "day at which the age of evidence is measured, as YYYY-MM-DD (default today)")
	f.DurationVar(&c.timeout, "timeout", 10*time.Second, "time limit for one evaluation of rules and gates")
	f.Var(&c.memory, "memory", "memory limit where a policy is loaded that is not trusted")
}

func newCheck() *cobra.Command {
	c := newCheckFlags()
	cmd := &cobra.Command{
		Use:   "check PATH...",
		Short: "Judge the agents that the profiles declare",
		Long: `Check judges every agent profile in the given files and directories; - is
standard input.

Exit codes: 0 approve, 1 reject, 2 usage or configuration, 3 could not decide,
4 review, 5 nothing evaluated. Over many agents the first of 3, 5, 1, 4, 0 that
occurs.`,
		Example: `  audition check profile.yaml
  audition check agents/ -o json
  audition check profile.yaml --config audition.yaml --fail-on reject`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.run(cmd.Context(), args, cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.VarP(&c.output, "output", "o", "format: "+strings.Join(report.Names(), " or "))
	f.Var(&c.failOn, "fail-on", "the least decision that fails: review or reject")
	f.BoolVar(&c.exitZero, "exit-zero", false, "exit 0 for review and reject alike; errors keep their codes")
	c.judging(f)
	f.BoolVar(&c.questions, "questions", true, "find out which disclosures would change the verdict")
	return cmd
}

func (c *check) run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	assessor, err := c.assessor(ctx)
	if err != nil {
		return err
	}
	print, err := report.For(c.output.value)
	if err != nil {
		return err
	}
	inputs, err := find(args)
	if err != nil {
		return err
	}
	// The short text of several agents shows no questions.
	assessor.Questions = c.questions && (len(inputs) == 1 || c.output.value != "text")
	var verdicts []*verdict.Verdict
	undecided := false
	for _, in := range inputs {
		judged, err := c.judge(ctx, assessor, in, stdin)
		verdicts = append(verdicts, judged...)
		if err != nil {
			undecided = true
			fmt.Fprintln(stderr, err)
		}
	}
	if len(verdicts) > 0 {
		if err := print(stdout, verdicts, report.Options{Color: colored(stdout)}); err != nil {
			return &exit{exitUndecided, fmt.Errorf("output: %w", err)}
		}
	}
	if code := c.code(verdicts, undecided); code != exitApprove {
		return &exit{code, errors.New(nothing(inputs, args))}
	}
	return nil
}

// nothing says that there was no profile, if there was none.
func nothing(inputs, args []string) string {
	if len(inputs) > 0 {
		return ""
	}
	return strings.Join(args, ", ") + ": nothing to evaluate, expected a file with kind: AgentProfile"
}

// judge reads one input and judges its agents, all of them or up to an error.
func (c *check) judge(ctx context.Context, a *assess.Assessor, name string, stdin io.Reader) ([]*verdict.Verdict, error) {
	profiles, err := load(name, stdin)
	if err != nil {
		return nil, err
	}
	var verdicts []*verdict.Verdict
	for _, p := range profiles {
		v, err := a.Assess(ctx, p)
		if err != nil {
			return verdicts, err
		}
		v.Enforcement = &verdict.Enforcement{FailOn: verdict.Decision(c.failOn.value), ExitZero: c.exitZero}
		verdicts = append(verdicts, v)
	}
	return verdicts, nil
}

// code is the exit code of a run.
func (c *check) code(verdicts []*verdict.Verdict, undecided bool) int {
	worst := verdict.Approve
	for _, v := range verdicts {
		if v.Decision.Stricter(worst) {
			worst = v.Decision
		}
	}
	switch {
	case undecided:
		return exitUndecided
	case len(verdicts) == 0:
		return exitNothing
	case c.exitZero || verdict.Decision(c.failOn.value).Stricter(worst):
		return exitApprove
	case worst == verdict.Reject:
		return exitReject
	case worst == verdict.Review:
		return exitReview
	}
	return exitApprove
}

// assessor builds what judges from the flags. A broken configuration is a usage
// error; a policy that does not compile leaves everything undecided.
func (c *check) assessor(ctx context.Context) (*assess.Assessor, error) {
	cfg, err := c.configuration()
	if err != nil {
		return nil, err
	}
	engine, framework, err := loadEngine(ctx, c.policies, c.memory)
	if err != nil {
		return nil, err
	}
	return &assess.Assessor{
		Engine: engine, Framework: framework, Config: cfg,
		Timeout: c.timeout, Version: version,
	}, nil
}

// compileTime bounds the compilation of all policies.
const compileTime = 30 * time.Second

// loadEngine compiles the builtin policy and directories beside it. Memory is the
// limit where one of them is not trusted.
func loadEngine(ctx context.Context, dirs []string, memory mebibytes) (*policy.Engine, *maestro.Framework, error) {
	framework, err := policy.Framework()
	if err != nil {
		return nil, nil, err
	}
	sources := []policy.Source{policy.Builtin()}
	for _, dir := range dirs {
		root, err := os.OpenRoot(dir) // Links that lead out of it are not followed.
		if err != nil {
			return nil, nil, fmt.Errorf("--policy %s: expected a directory of Rego files", dir)
		}
		sources = append(sources, policy.Source{Name: dir, FS: root.FS()})
	}
	if slices.ContainsFunc(sources, policy.Source.Untrusted) {
		if err := confine(memory); err != nil {
			return nil, nil, err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, compileTime)
	defer cancel()
	engine, err := policy.Load(ctx, framework, sources...)
	if err != nil {
		return nil, nil, &exit{exitUndecided, err}
	}
	return engine, framework, nil
}

func (c *check) configuration() (config.Config, error) {
	cfg, err := config.Default()
	if err == nil && c.config != "" {
		var data []byte
		if data, err = os.ReadFile(c.config); err != nil {
			return cfg, fmt.Errorf("--config %s: %s", c.config, cause(err))
		}
		cfg, err = config.Parse(c.config, data)
	}
	if err != nil {
		return cfg, err
	}
	cfg.Demand.At = time.Now().UTC().Truncate(24 * time.Hour)
	if c.at != "" {
		if cfg.Demand.At, err = time.Parse(time.DateOnly, c.at); err != nil {
			return cfg, fmt.Errorf("--at %s: expected a day such as 2026-01-31", c.at)
		}
	}
	return cfg, nil
}

func unknown(word string, candidates []string) string {
	return fmt.Sprintf("unknown value %q%s", word, suggest.DidYouMean(word, candidates))
}
