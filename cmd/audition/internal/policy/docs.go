package policy

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/author"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/report/show"
)

func newPolicyDocs() *cobra.Command {
	var a authored
	output := session.Choose("markdown", "json")
	cmd := &cobra.Command{
		Use:   "docs [PATH...]",
		Short: "Document rules and gates from their metadata",
		Long: `Docs writes a page about the rules and gates at the paths: an index, and for
each what it finds, why that matters, what to do, what it reads, what it refers
to, and the inputs of its test on which it fires and does not.`,
		Example: `  audition policy docs policies > RULES.md
  audition policy docs policies -o json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), authoring)
			defer cancel()
			manual, err := a.manual(ctx, args)
			if err != nil {
				return err
			}
			if output.Value == "json" {
				return show.ManualJSON(cmd.OutOrStdout(), manual)
			}
			return show.ManualMarkdown(cmd.OutOrStdout(), manual)
		},
	}
	cmd.Flags().VarP(&output, "output", "o", "format: markdown or json")
	a.Choosing(cmd.Flags())
	return cmd
}

func (a *authored) manual(ctx context.Context, paths []string) (show.Manual, error) {
	var out show.Manual
	s, suite, err := a.rules(ctx, paths)
	if err != nil {
		return out, err
	}
	defer s.Close()
	taxonomies, err := rego.Taxonomies()
	if err != nil {
		return out, err
	}
	c := suite.Catalogue()
	for _, r := range author.Rules(c) {
		m := show.ManualRule{Rule: r, Reads: c.Reads(r.ID), Titles: map[string]string{}}
		if m.Bad, m.Good, err = suite.Examples(ctx, r); err != nil {
			return out, fault.Undecided(err)
		}
		for _, id := range r.References {
			m.Titles[id] = maestro.TitleOf(taxonomies, id)
		}
		out.Rules = append(out.Rules, m)
	}
	for _, g := range author.Gates(c) {
		out.Gates = append(out.Gates, show.ManualGate{
			Package: g.Package, Title: g.Title, Description: g.Description, Decisions: g.Decisions, Reads: g.Reads, File: g.File, Row: g.Row,
		})
	}
	return out, nil
}
