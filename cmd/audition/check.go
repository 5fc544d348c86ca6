package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/verdict"
)

// check is what the flags of the command say.
type check struct {
	judging
	known     known
	output    outputs
	failOn    oneOf
	exitZero  bool
	questions bool
}

func newCheck() *cobra.Command {
	c := &check{failOn: oneOf{string(verdict.Review), []string{string(verdict.Review), string(verdict.Reject)}}}
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
  audition check agents/ -o text -o sarif=audition.sarif -o junit=audition.xml
  audition check profile.yaml --threshold reject.score=8 --fail-on reject
  audition check agents/ --base origin/main`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.run(cmd.Context(), args, cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	c.output.add(f)
	f.Var(&c.failOn, "fail-on", "the least decision that fails: review or reject")
	f.BoolVar(&c.exitZero, "exit-zero", false, "exit 0 for review and reject alike; errors keep their codes")
	c.known.add(f)
	c.judging.add(f)
	f.BoolVar(&c.questions, "questions", true, "find out which disclosures would change the verdict")
	return cmd
}

func (c *check) run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	assessor, err := c.assessor(ctx)
	if err != nil {
		return err
	}
	if err := c.known.read(ctx); err != nil {
		return err
	}
	inputs, err := find(args)
	if err != nil {
		return err
	}
	assessor.Questions = c.questions && c.output.asks(len(inputs))
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
		if err := c.output.write(stdout, verdicts, assessor.Engine.Rules()); err != nil {
			return err
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
		v.Enforcement = &verdict.Enforcement{FailOn: verdict.Decision(c.failOn.value), ExitZero: c.exitZero, NewSince: c.known.since()}
		if err := c.known.mark(ctx, a, v); err != nil {
			return verdicts, err
		}
		verdicts = append(verdicts, v)
	}
	return verdicts, nil
}

// code is the exit code of a run.
func (c *check) code(verdicts []*verdict.Verdict, undecided bool) int {
	worst := verdict.Approve
	for _, v := range verdicts {
		decision := v.Decision
		if c.known.since() != "" {
			decision = v.New()
		}
		if decision.Stricter(worst) {
			worst = decision
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
