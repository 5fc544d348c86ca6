package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report"
	"github.com/audition-dev/audition/internal/verdict"
)

func newReplay() *cobra.Command {
	var given judging
	output := oneOf{"text", []string{"text", "json"}}
	file := ""
	cmd := &cobra.Command{
		Use:   "replay VERDICT.json",
		Short: "Judge again by what a verdict records, and compare",
		Long: `Replay reads a verdict that check wrote with -o json, finds the profile, policies,
configuration, waivers, settings and day that it records, judges again and compares
inputs by digest and the outcome whole. Questions are not compared.

Flags say where an input is now; what they do not name is looked for where it was.
Exit codes: 0 the same inputs gave the same outcome, 1 something differs, 3 it could
not be judged.`,
		Example: `  audition check agent.yaml -o json > verdict.json
  audition replay verdict.json
  audition replay verdict.json --policy acme-2.tar.gz --profile agent.yaml`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "-" {
				return errors.New("-: expected a file: a worker may have to read it again")
			}
			data, err := read(args[0], nil)
			if err != nil {
				return &exit{exitUndecided, err}
			}
			records, err := verdict.Read(args[0], data)
			if err != nil {
				return &exit{exitUndecided, err}
			}
			var all []report.Replayed
			for _, record := range records {
				r, err := replay(cmd.Context(), given, record, file)
				if err != nil {
					return err
				}
				all = append(all, r)
			}
			if err := replayed(cmd.OutOrStdout(), output.value, all); err != nil {
				return err
			}
			if slices.ContainsFunc(all, func(r report.Replayed) bool { return !r.Same }) {
				return &exit{exitReject, errors.New("")}
			}
			return nil
		},
	}
	cmd.Flags().VarP(&output, "output", "o", "format: text or json")
	cmd.Flags().StringVar(&file, "profile", "", "where the profile is now")
	given.add(cmd.Flags())
	return cmd
}

func replayed(w io.Writer, format string, all []report.Replayed) error {
	if format == "json" {
		return report.ReplayedJSON(w, all)
	}
	return report.ReplayedText(w, all, options(w))
}

// replay judges by a record and says what differs.
func replay(ctx context.Context, given judging, record *verdict.Verdict, file string) (report.Replayed, error) {
	r := report.Replayed{Name: record.Subject.Name, Inputs: []verdict.Difference{}, Outcome: []verdict.Difference{}, Engine: []verdict.Difference{}}
	j, err := recorded(given, record)
	if err != nil {
		return r, err
	}
	a, err := j.assessor(ctx)
	if err != nil {
		return r, err
	}
	p, err := profileOf(record, file)
	if err != nil {
		return r, &exit{exitUndecided, err}
	}
	now, err := a.Assess(ctx, p)
	if err != nil {
		return r, &exit{exitUndecided, err}
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
	} {
		if e.From != e.To {
			r.Engine = append(r.Engine, e)
		}
	}
	r.Same = len(r.Inputs) == 0 && len(r.Outcome) == 0
	return r, nil
}

// recorded is how the record was judged, with what the flags say instead.
func recorded(given judging, record *verdict.Verdict) (judging, error) {
	j := given
	c := record.Configuration
	if j.config == "" {
		j.noConfig = len(c.Sources) == 0
		if !j.noConfig {
			j.config = strings.TrimSuffix(c.Sources[len(c.Sources)-1].Source, "/"+configurationFile)
			if !isBundle(j.config) {
				j.config = c.Sources[len(c.Sources)-1].Source
			}
		}
	}
	if len(j.set)+len(j.thresholds) == 0 {
		j.set = c.Flags
	}
	if j.at == "" {
		j.at, j.allowPast = record.EffectiveTime, true
	}
	// What the configuration names comes with it.
	probe := j
	cfg, err := probe.configuration()
	if err != nil {
		return j, err
	}
	if len(j.waivers) == 0 {
		for _, w := range c.Waivers {
			if !slices.Contains(probe.waiverFiles(cfg), w.Source) {
				j.waivers = append(j.waivers, w.Source)
			}
		}
	}
	if len(j.policies) > 0 {
		return j, nil
	}
	sources, err := probe.sources(cfg)
	if err != nil {
		return j, err
	}
	var named []string
	for _, s := range sources {
		named = append(named, s.Name)
	}
	for _, p := range record.Policy {
		if !slices.Contains(named, p.Source) {
			j.policies = append(j.policies, p.Source)
		}
	}
	return j, nil
}

// profileOf finds the profile of a record among those of a file.
func profileOf(record *verdict.Verdict, file string) (*profile.Profile, error) {
	if file == "" {
		file = filepath.FromSlash(record.Subject.Source)
	}
	if file == "-" {
		return nil, fmt.Errorf("%s was read from standard input, expected --profile FILE", record.Subject.Name)
	}
	profiles, err := load(file, nil)
	if err != nil {
		return nil, err
	}
	for _, p := range profiles {
		if p.Metadata.Name == record.Subject.Name {
			return p, nil
		}
	}
	return nil, fmt.Errorf("%s: no agent %s in it", file, record.Subject.Name)
}
