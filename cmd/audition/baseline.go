package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report/show"
	"github.com/audition-dev/audition/internal/verdict"
)

// baselineFile is where a baseline is kept unless a flag says otherwise.
const baselineFile = "baseline.yaml"

// baselining is what the commands about baselines have in common.
type baselining struct {
	session.Judging
	file string
}

func newBaseline() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "baseline",
		Short: "Note what is known of agents, so that a check is about what is new",
		Long: `A baseline holds the findings, the score and the reasons that agents have today.
With check --baseline only what is new fails: a finding that it does not have, or
that got worse, and a score that rose. Fingerprints do not depend on lines.`,
		Example: `  audition baseline write agents/
  audition check agents/ --baseline baseline.yaml
  audition baseline prune agents/`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Args: cobra.NoArgs,
	}
	cmd.AddCommand(
		newBaselineCommand("write PATH...", "Write what is known today into a new file", (*baselining).write),
		newBaselineCommand("update PATH...", "Take over what the agents have today, old and new", (*baselining).update),
		newBaselineCommand("prune PATH...", "Remove what the agents no longer have, and agents that are gone", (*baselining).prune),
	)
	return cmd
}

func newBaselineCommand(use, short string, run func(*baselining, []*verdict.Verdict) (*verdict.Baseline, error)) *cobra.Command {
	var b baselining
	cmd := &cobra.Command{
		Use: use, Short: short, Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, a, err := b.Open(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close()
			var verdicts []*verdict.Verdict
			err = s.Each(cmd, a, args, func(_ *profile.Profile, v *verdict.Verdict) error {
				verdicts = append(verdicts, v)
				return nil
			})
			if err != nil {
				return err
			}
			out, err := run(&b, verdicts)
			if err != nil {
				return err
			}
			data, err := show.BaselineYAML(out)
			if err == nil {
				err = file.Replace(b.file, data)
			}
			if err != nil {
				return err
			}
			findings := 0
			for _, k := range out.Agents {
				findings += len(k.Findings)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, %s\n", b.file, session.Counted(len(out.Agents), "agent"), session.Counted(findings, "finding"))
			return err
		},
	}
	cmd.Flags().StringVar(&b.file, "file", baselineFile, "file of the baseline")
	b.Add(cmd.Flags())
	return cmd
}

func (b *baselining) read() (*verdict.Baseline, error) {
	data, err := file.Read(b.file, document.MaxBytes)
	if err != nil {
		return nil, fmt.Errorf("--file %w; audition baseline write makes one", err)
	}
	return verdict.ReadBaseline(b.file, data)
}

func (b *baselining) write(verdicts []*verdict.Verdict) (*verdict.Baseline, error) {
	if file.Exists(b.file) {
		return nil, fmt.Errorf("--file %s: exists already; audition baseline update changes it", b.file)
	}
	return verdict.NewBaseline(verdicts)
}

func (b *baselining) update(verdicts []*verdict.Verdict) (*verdict.Baseline, error) {
	old, err := b.read()
	if err != nil {
		return nil, err
	}
	now, err := verdict.NewBaseline(verdicts)
	if err != nil {
		return nil, err
	}
	return old.With(now), nil
}

func (b *baselining) prune(verdicts []*verdict.Verdict) (*verdict.Baseline, error) {
	old, err := b.read()
	if err != nil {
		return nil, err
	}
	return old.Prune(verdicts), nil
}
