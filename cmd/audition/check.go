package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/cmd/audition/internal/output"
	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/batch"
	"github.com/audition-dev/audition/internal/cache"
	"github.com/audition-dev/audition/internal/find"
	"github.com/audition-dev/audition/internal/verdict"
)

// check is what the flags of the command say.
type check struct {
	session.Judging
	known     known
	output    output.Outputs
	failOn    session.OneOf
	exitZero  bool
	questions bool
	all       bool // questions of every agent
	jobs      uint
}

func newCheck() *cobra.Command {
	c := &check{failOn: session.Choose(string(verdict.Review), string(verdict.Reject))}
	cmd := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Judge the agents that the profiles declare",
		Long: `Check judges every agent profile in the given files and directories, in the
working directory where none is given; - is standard input.

Exit codes: 0 approve, 1 reject, 2 usage or configuration, 3 could not decide,
4 review, 5 nothing evaluated. Over many agents the first of 3, 5, 1, 4, 0 that
occurs.`,
		Example: `  audition check
  audition check profile.yaml
  audition check agents/ -o json
  audition check agents/ -o text -o sarif=audition.sarif -o junit=audition.xml
  audition check profile.yaml --threshold reject.score=8 --fail-on reject
  audition check agents/ --base origin/main`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.contradicts(cmd.Flags()); err != nil {
				return err
			}
			if len(args) == 0 {
				args = []string{"."}
			}
			c.all = c.questions && cmd.Flags().Changed("questions")
			return c.run(cmd.Context(), args, cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	c.output.Add(f)
	f.Var(&c.failOn, "fail-on", "the least decision that fails: review or reject")
	f.BoolVar(&c.exitZero, "exit-zero", false, "exit 0 for review and reject alike; errors keep their codes")
	c.known.add(f)
	c.Judging.Add(f)
	f.UintVarP(&c.jobs, "jobs", "j", 0, "how many agents to judge at once (default one for every processor)")
	f.StringVar(&c.Cache, "cache", "", "directory that keeps verdicts, so that what was judged by the same policy is not judged again, also where a run was killed; and what policy was compiled to")
	f.BoolVar(&c.questions, "questions", true, "find out which disclosures would change the verdict; of several agents only where this is given")
	return cmd
}

// contradicts refuses flags of which one says that another means nothing.
func (c *check) contradicts(f *pflag.FlagSet) error {
	switch {
	case c.exitZero && f.Changed("fail-on"):
		return fmt.Errorf("--exit-zero and --fail-on %s: expected one of the two", c.failOn.Value)
	case c.AllowPast && c.At == "":
		return fmt.Errorf("--allow-past: expected --at beside it")
	}
	return nil
}

func (c *check) run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	s, err := c.Read(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	for _, line := range s.Ignored() {
		fmt.Fprintln(stderr, line)
	}
	assessor, err := s.Assessor(ctx)
	if err != nil {
		return err
	}
	if err := c.known.read(ctx, s.Files, args, stderr); err != nil {
		return err
	}
	if searches(args) {
		collect(asUsual)
	}
	inputs, err := s.Inputs(ctx, stderr, args)
	if err != nil {
		return err
	}
	if len(inputs) <= many {
		collect(late)
	}
	read, err := s.ReadBy(inputs)
	if err == nil {
		err = c.output.Spare(append(read, c.known.file))
	}
	if err == nil {
		err = c.output.Fit(c.agents(inputs))
	}
	if err != nil {
		return err
	}
	out, err := c.output.Open(stdout, assessor.Engine().Rules())
	if err != nil {
		return err
	}
	defer out.Discard()
	kept, err := c.kept(assessor)
	if err != nil {
		return err
	}
	run := batch.Run{Cache: kept, Assessor: assessor, Stdin: stdin, Workers: int(c.jobs), Questions: c.asks}
	progress := session.NewProgress(stderr, inputs)
	out.Before(progress.End)
	tally := tally{worst: verdict.Approve}
	for j := range run.All(ctx, inputs) {
		progress.At(j.Input)
		if j.Err == nil {
			j.Err = c.enforce(ctx, assessor, j.Verdict)
		}
		if j.Err != nil {
			progress.End()
			fmt.Fprintln(stderr, j.Err)
			tally.undecided = true
			for _, u := range verdict.UndecidedBy(j.Input.Name, j.Err) {
				err = errors.Join(err, out.Undecided(u))
			}
		} else {
			tally.add(j.Verdict)
			err = out.Write(j.Verdict)
		}
		if err != nil {
			return err
		}
	}
	progress.End()
	if err := out.Close(); err != nil {
		return err
	}
	if code := c.code(tally); code != session.ExitApprove {
		return session.Failed(code)
	}
	return nil
}

// searches tells whether a directory is to be searched.
func searches(args []string) bool {
	return len(args) == 0 || slices.ContainsFunc(args, func(arg string) bool {
		info, err := os.Stat(arg)
		return err == nil && info.IsDir()
	})
}

// agents is how many there are at least. Where an output holds only one, a file is read
// for whether it declares more.
func (c *check) agents(inputs []find.Input) int {
	if len(inputs) != 1 || inputs[0].Path == "-" || !c.output.Single() {
		return len(inputs)
	}
	agents := 0
	for part, err := range inputs[0].Parts(nil) {
		if err != nil {
			break // which judging it tells
		}
		profiles, err := part.Profiles()
		if agents += len(profiles); err != nil {
			agents++
		}
		if agents > 1 {
			break
		}
	}
	return max(agents, 1)
}

// asks tells whether to ask questions where so many agents are judged: of many they
// take most of the time, so somebody has to want them.
func (c *check) asks(agents int) bool {
	return c.questions && (agents == 1 || c.all) && c.output.Asks(agents)
}

// kept opens the directory of verdicts, if there is to be one.
func (c *check) kept(a *assess.Assessor) (*cache.Cache, error) {
	if c.Cache == "" {
		return nil, nil
	}
	program, err := session.Program()
	if err != nil {
		return nil, err
	}
	return cache.Open(c.Cache, []any{program, a.By()})
}

// enforce says in a verdict what a job makes of it.
func (c *check) enforce(ctx context.Context, a *assess.Assessor, v *verdict.Verdict) error {
	v.Enforcement = &verdict.Enforcement{FailOn: verdict.Decision(c.failOn.Value), ExitZero: c.exitZero, NewSince: c.known.since, NewSinceID: c.known.id}
	return c.known.mark(ctx, a, v)
}

// tally is what verdicts add up to.
type tally struct {
	worst     verdict.Decision // that counts
	undecided bool
}

func (t *tally) add(v *verdict.Verdict) {
	decision := v.Decision
	if v.Enforcement.NewSince != "" {
		decision = v.New()
	}
	if decision.Stricter(t.worst) {
		t.worst = decision
	}
}

// code is the exit code of a run.
func (c *check) code(t tally) int {
	switch {
	case t.undecided:
		return session.ExitUndecided
	case c.exitZero || verdict.Decision(c.failOn.Value).Stricter(t.worst):
		return session.ExitApprove
	case t.worst == verdict.Reject:
		return session.ExitReject
	case t.worst == verdict.Review:
		return session.ExitReview
	}
	return session.ExitApprove
}
