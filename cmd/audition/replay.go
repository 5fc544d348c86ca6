package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/confine"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/find"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/report/show"
	"github.com/audition-dev/audition/internal/setup"
	"github.com/audition-dev/audition/internal/verdict"
)

func newReplay() *cobra.Command {
	var given session.Judging
	output := session.Choose("text", "json")
	file, known := "", known{}
	cmd := &cobra.Command{
		Use:   "replay VERDICT.json",
		Short: "Judge again by what a verdict records, and compare",
		Long: `Replay reads a verdict that check wrote with -o json, finds the profile, policies,
configuration, waivers, settings, day and baseline that it records, judges again and
compares inputs by digest and the outcome whole. Questions and advice are not compared.

Flags say where an input is now; what they do not name is looked for where it was.
Exit codes: 0 the same inputs gave the same outcome, 1 something differs, 3 it could
not be judged.`,
		Example: `  audition check agent.yaml -o json > verdict.json
  audition replay verdict.json
  audition replay verdict.json --policy acme-2.tar.gz --profile agent.yaml`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			records, err := records(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			var all []show.Replayed
			for _, record := range records {
				r, err := replay(cmd.Context(), given, record, file, known)
				if err != nil {
					return err
				}
				all = append(all, r)
			}
			if err := replayed(cmd.OutOrStdout(), output.Value, all); err != nil {
				return err
			}
			if slices.ContainsFunc(all, func(r show.Replayed) bool { return !r.Same }) {
				return session.Failed(session.ExitReject)
			}
			return nil
		},
	}
	cmd.Flags().VarP(&output, "output", "o", "format: text or json")
	cmd.Flags().StringVar(&file, "profile", "", "where the profile is now")
	cmd.Flags().StringVar(&known.file, "baseline", "", "where the baseline is now")
	given.Add(cmd.Flags())
	return cmd
}

func replayed(w io.Writer, format string, all []show.Replayed) error {
	if format == "json" {
		return show.ReplayedJSON(w, all)
	}
	return show.ReplayedText(w, all, session.PrintOptions(w))
}

// replay judges by a record and says what differs.
func replay(ctx context.Context, given session.Judging, record *verdict.Verdict, profile string, known known) (show.Replayed, error) {
	r := show.Replayed{Name: record.Subject.Name, Inputs: []verdict.Difference{}, Outcome: []verdict.Difference{}, Engine: []verdict.Difference{}}
	j, err := recorded(ctx, given, record)
	if err != nil {
		return r, err
	}
	s, a, err := j.Open(ctx)
	if err != nil {
		return r, err
	}
	defer s.Close()
	p, err := profileOf(s, ctx, record, profile)
	if err != nil {
		return r, err
	}
	now, err := a.Assess(ctx, p)
	if err != nil {
		return r, err
	}
	if err := known.again(ctx, s.Files, a, record, now); err != nil {
		return r, err
	}
	r.Inputs = append(r.Inputs, verdict.Inputs(record, now)...)
	r.Outcome = append(r.Outcome, verdict.Compare(record, now)...)
	if len(r.Outcome) == 0 {
		elsewhere, err := verdict.Elsewhere(record, now)
		if err != nil {
			return r, err
		}
		r.Outcome = append(r.Outcome, elsewhere...)
	}
	for _, e := range []verdict.Difference{
		{What: "audition", From: record.Engine.Audition, To: now.Engine.Audition},
		{What: "opa", From: record.Engine.OPA, To: now.Engine.OPA},
		{What: "evaluator", From: record.Engine.Evaluator, To: now.Engine.Evaluator},
	} {
		if e.From != e.To {
			r.Engine = append(r.Engine, e)
		}
	}
	r.Same = len(r.Inputs) == 0 && len(r.Outcome) == 0
	return r, nil
}

// recorded is how the record was judged, with what the flags say instead.
func recorded(ctx context.Context, given session.Judging, record *verdict.Verdict) (session.Judging, error) {
	j := given
	o, err := j.Options()
	if err != nil {
		return j, err
	}
	c := record.Configuration
	if j.Config == "" {
		j.NoConfig = len(c.Sources) == 0
		if !j.NoConfig {
			j.Config = o.Files.Path(setup.Holder(c.Sources[len(c.Sources)-1].Source))
		}
	}
	if len(j.Set)+len(j.Thresholds) == 0 {
		j.Set = c.Flags
	}
	if j.At == "" {
		j.At, j.Today, j.AllowPast = record.EffectiveTime, record.Today, true
	}
	// What the configuration names comes with it.
	s, err := j.Read(ctx)
	if err != nil {
		return j, err
	}
	defer s.Close()
	if len(j.Waivers) == 0 {
		for _, w := range c.Waivers {
			if !slices.Contains(s.WaiverFiles(), w.Source) {
				j.Waivers = append(j.Waivers, o.Files.Path(w.Source))
			}
		}
	}
	if len(j.Policies) > 0 {
		return j, nil
	}
	refs, err := s.Policies()
	if err != nil {
		return j, err
	}
	for _, p := range record.Policy {
		named := func(r confine.Ref) bool { return r.Name == p.Source }
		if p.Source != rego.Builtin().Name && !slices.ContainsFunc(refs, named) {
			j.Policies = append(j.Policies, o.Files.Path(p.Source))
		}
	}
	return j, nil
}

// profileOf finds the profile of a record among those of a file.
func profileOf(s *session.Session, ctx context.Context, record *verdict.Verdict, path string) (*profile.Profile, error) {
	if path == "" {
		path = s.Files.Path(record.Subject.Source)
	}
	if path == "-" {
		return nil, fault.Undecided(fmt.Errorf("%s was read from standard input, expected --profile FILE", record.Subject.Name))
	}
	profiles, err := find.Load(ctx, s.Files, path, nil)
	if err != nil {
		return nil, err
	}
	for _, p := range profiles {
		if p.Metadata.Name == record.Subject.Name {
			return p, nil
		}
	}
	return nil, fault.Undecided(fmt.Errorf("%s: no agent %s in it", path, record.Subject.Name))
}
