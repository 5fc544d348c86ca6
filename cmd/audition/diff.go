package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/find"
	"github.com/audition-dev/audition/internal/importer"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report/show"
	"github.com/audition-dev/audition/internal/verdict"
)

func newDiff() *cobra.Command {
	var j session.Judging
	output := session.Choose("text", "json", "markdown")
	fails := false
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Tell what differs between two profiles, or two verdicts, of an agent",
		Long: `Diff compares two profiles under one policy, or two verdicts that check wrote with
-o json: decision, score, factors, layers, findings, reasons and, of profiles, the
facts that were disclosed, withdrawn or changed.`,
		Example: `  audition diff old.yaml new.yaml
  audition diff before.json after.json -o markdown`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := compare(&j, cmd.Context(), args[0], args[1], cmd.InOrStdin())
			if err != nil {
				return err
			}
			print := map[string]func() error{
				"text":     func() error { return show.ChangedText(cmd.OutOrStdout(), c, session.PrintOptions(cmd.OutOrStdout())) },
				"json":     func() error { return show.ChangedJSON(cmd.OutOrStdout(), c) },
				"markdown": func() error { return show.ChangedMarkdown(cmd.OutOrStdout(), c) },
			}[output.Value]
			if err := print(); err != nil {
				return err
			}
			if fails && len(c.Differences) > 0 {
				return session.Failed(session.ExitReject)
			}
			return nil
		},
	}
	cmd.Flags().VarP(&output, "output", "o", "format: text, json or markdown")
	cmd.Flags().BoolVar(&fails, "exit-code", false, "exit 1 when something differs")
	j.Add(cmd.Flags())
	return cmd
}

// compare compares two profiles or two verdicts.
func compare(j *session.Judging, ctx context.Context, before, after string, stdin io.Reader) (show.Changed, error) {
	if before == "-" || after == "-" {
		return show.Changed{}, errors.New("-: expected two files: standard input can be read only once")
	}
	v, err := recordOf(before, stdin)
	if err != nil {
		return show.Changed{}, err
	}
	w, err := recordOf(after, stdin)
	if err != nil {
		return show.Changed{}, err
	}
	var differing []verdict.Difference
	switch {
	case v != nil && w != nil:
	case v != nil || w != nil:
		return show.Changed{}, fmt.Errorf("%s, %s: expected two profiles or two verdicts", before, after)
	default:
		var p, q *profile.Profile
		if v, p, err = assessed(j, ctx, before); err == nil {
			w, q, err = assessed(j, ctx, after)
		}
		if err != nil {
			return show.Changed{}, err
		}
		differing = verdict.Differences("fact", facts.Stated(p), facts.Stated(q))
	}
	differences := append(verdict.Compare(v, w), differing...)
	return show.Changed{
		Name: w.Subject.Name, Source: before + " → " + after, From: v.Decision, To: w.Decision,
		Rules: append([]string{}, verdict.ByRule(differences)...), Differences: append([]verdict.Difference{}, differences...),
	}, nil
}

// recordOf reads a file that is a verdict, nil if it is something else.
func recordOf(path string, stdin io.Reader) (*verdict.Verdict, error) {
	data, err := session.ReadInput(path, document.MaxBytes, stdin)
	if err != nil {
		return nil, err
	}
	if is, err := find.IsProfile(path, data); is || err != nil {
		return nil, fault.Undecided(err)
	}
	if _, is := importer.Of(draft.File{Name: path, Data: data}); is {
		return nil, nil
	}
	all, err := verdict.Read(path, data)
	if err != nil {
		return nil, fault.Undecided(err)
	}
	if len(all) > 1 {
		return nil, fault.Undecided(fmt.Errorf("%s: expected one verdict, got %d", path, len(all)))
	}
	return all[0], nil
}

func assessed(j *session.Judging, ctx context.Context, file string) (*verdict.Verdict, *profile.Profile, error) {
	s, a, err := j.Open(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer s.Close()
	p, err := s.One(ctx, file, nil)
	if err != nil {
		return nil, nil, err
	}
	v, err := a.Assess(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	return v, p, nil
}
