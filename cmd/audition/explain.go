package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/advise"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/report/show"
)

func newExplain() *cobra.Command {
	c := &session.Judging{}
	output := session.Choose("text", "json")
	cmd := &cobra.Command{
		Use:   "explain RULE [PROFILE]",
		Short: "Tell what a rule means, or why it fires on an agent or does not",
		Example: `  audition explain L4/egress-open
  audition explain XL/lethal-trifecta profile.yaml`,
		Args: cobra.RangeArgs(1, 2),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return completeRule(c, cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			s, assessor, err := c.Open(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close()
			rule, ok := assessor.Engine().Rule(args[0])
			if !ok {
				return fmt.Errorf("unknown rule %q%s", args[0], session.Meant(args[0], assessor.Engine().Rules()))
			}
			ctx, cancel := c.Timeout.Bound(cmd.Context())
			defer cancel()
			page, err := newPage(ctx, assessor, rule)
			if err != nil {
				return err
			}
			file := ""
			if len(args) == 2 {
				file = args[1]
				p, err := s.One(cmd.Context(), file, cmd.InOrStdin())
				if err != nil {
					return err
				}
				if page.Explanation, err = advise.Explain(cmd.Context(), assessor, p, rule.ID); err != nil {
					return err
				}
			}
			if output.Value == "json" {
				return show.PageJSON(cmd.OutOrStdout(), page)
			}
			return show.PageText(cmd.OutOrStdout(), page, file, session.PrintOptions(cmd.OutOrStdout()))
		},
	}
	cmd.Flags().VarP(&output, "output", "o", "format: text or json")
	c.Add(cmd.Flags())
	return cmd
}

// completeRule completes the id of a rule, and after it a file.
func completeRule(j *session.Judging, cmd *cobra.Command, args []string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return j.CompleteRules(cmd)
}

func newPage(ctx context.Context, a *assess.Assessor, rule maestro.Rule) (show.Page, error) {
	page := show.Page{Rule: rule, Source: a.Engine().Text(rule.ID), References: map[string]string{}, Severity: history(a, rule)}
	taxonomies, err := rego.Taxonomies()
	if err != nil {
		return page, err
	}
	for _, id := range rule.References {
		page.References[id] = maestro.TitleOf(taxonomies, id)
	}
	page.Bad, page.Good, err = a.Engine().Examples(ctx, rule.ID)
	return page, err
}

// history tells how a rule came to its severity: its metadata, and what each
// configuration says of it.
func history(a *assess.Assessor, rule maestro.Rule) []show.Step {
	out := []show.Step{{Text: string(rule.Severity), SetBy: fmt.Sprintf("%s:%d", rule.File, rule.Row)}}
	_, _, steps := a.Consequences().Of(rule)
	for _, s := range steps {
		var said []string
		switch {
		case s.Kind == config.Set && s.Severity != "":
			said = append(said, string(s.Severity))
		case s.Kind == config.Raise && s.Severity != "", s.Kind == config.Lock && s.Severity != "":
			said = append(said, "at least "+string(s.Severity))
		}
		if s.Kind == config.Lock {
			said = append(said, "locked")
		}
		if s.Action != "" {
			said = append(said, string(s.Action))
		}
		out = append(out, show.Step{Text: strings.Join(said, ", "), SetBy: s.SetBy.String(), Reason: s.Reason})
	}
	return out
}
