package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/report/show"
	"github.com/audition-dev/audition/internal/suggest"
)

// listing is what the flags of the command say.
type listing struct {
	output                                session.OneOf
	layers, kinds, severities, references []string
	collections                           []string
	coverage                              string
	session.Judging
}

func newRules() *cobra.Command {
	formats := []string{"text", "json", "markdown"}
	l := listing{output: session.Choose(formats...)}
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Long: `Rules lists the rules, those that match every filter; a filter given twice
matches either value. With --references it shows which ids of a published list
the rules refer to.`,
		Example: `  audition rules --layer L4 --severity high
  audition rules --reference ASI05
  audition rules --references ASI`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return l.run(cmd) },
	}
	f := cmd.Flags()
	f.VarP(&l.output, "output", "o", "format: "+strings.Join(formats, ", "))
	f.StringArrayVar(&l.layers, "layer", nil, "layer, such as L4 or XL; also the layers that show a rule of several")
	f.StringArrayVar(&l.kinds, "kind", nil, "combination, weakness, gap or strength")
	f.StringArrayVar(&l.severities, "severity", nil, "severity when confirmed")
	f.StringArrayVar(&l.references, "reference", nil, "id that the rule refers to, such as ASI05")
	f.StringVar(&l.coverage, "references", "", "show the coverage of a published list, such as ASI")
	f.StringArrayVar(&l.collections, "collection", nil, "collection that a rule is in, such as production")
	l.Add(f)
	l.complete(cmd)
	return cmd
}

func (l *listing) run(cmd *cobra.Command) error {
	s, a, err := l.Open(cmd.Context())
	if err != nil {
		return err
	}
	defer s.Close()
	taxonomies, err := rego.Taxonomies()
	if err != nil {
		return err
	}
	if l.coverage != "" {
		return l.cover(cmd, taxonomies, a.Engine().Rules())
	}
	if err := l.check(a, taxonomies); err != nil {
		return err
	}
	rules := slices.DeleteFunc(slices.Clone(a.Engine().Rules()), func(r maestro.Rule) bool {
		return !among(l.layers, append([]string{r.Layer}, r.Layers...)...) || !among(l.kinds, string(r.Kind)) ||
			!among(l.severities, string(r.Severity)) || !among(l.references, r.References...) || !among(l.collections, r.Collections...)
	})
	switch l.output.Value {
	case "json":
		return show.RulesJSON(cmd.OutOrStdout(), listed(a, rules))
	case "markdown":
		return show.RulesMarkdown(cmd.OutOrStdout(), a.Framework(), rules)
	}
	return show.RulesText(cmd.OutOrStdout(), listed(a, rules), session.PrintOptions(cmd.OutOrStdout()))
}

// listed says what the configuration makes of each rule.
func listed(a *assess.Assessor, rules []maestro.Rule) []show.Listed {
	out := make([]show.Listed, len(rules))
	for i, r := range rules {
		severity, action, steps := a.Consequences().Of(r)
		out[i] = show.Listed{Rule: r, Effective: severity, Action: string(action)}
		if severity != r.Severity || action != config.Enforce {
			out[i].SetBy = steps[len(steps)-1].SetBy.String()
		}
	}
	return out
}

// among tells whether a filter, which is empty or a list, has one of the values.
func among(filter []string, values ...string) bool {
	return len(filter) == 0 || slices.ContainsFunc(values, func(v string) bool { return slices.Contains(filter, v) })
}

// filter is a flag that filters, its values and those that can match.
type filter struct {
	flag          string
	values, known []string
}

// filters are the flags that filter, with what the rules know.
func (l *listing) filters(a *assess.Assessor, taxonomies []maestro.Taxonomy) []filter {
	layers, kinds, severities, ids, collections := []string{maestro.CrossLayer}, []string{}, []string{}, []string{}, []string{}
	for _, r := range a.Engine().Rules() {
		collections = append(collections, r.Collections...)
	}
	slices.Sort(collections)
	for _, layer := range a.Framework().Layers {
		layers = append(layers, layer.ID)
	}
	for _, k := range maestro.Kinds() {
		kinds = append(kinds, string(k))
	}
	for _, s := range maestro.Severities() {
		severities = append(severities, string(s))
	}
	for _, t := range taxonomies {
		for id := range t.IDs {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return []filter{{"layer", l.layers, layers}, {"kind", l.kinds, kinds}, {"severity", l.severities, severities}, {"reference", l.references, ids}, {"collection", l.collections, slices.Compact(collections)}}
}

// check refuses filters that could never match.
func (l *listing) check(a *assess.Assessor, taxonomies []maestro.Taxonomy) error {
	for _, filter := range l.filters(a, taxonomies) {
		for _, v := range filter.values {
			if slices.Contains(filter.known, v) {
				continue
			}
			if c := suggest.Closest(v, filter.known); c != "" {
				return fmt.Errorf("--%s %s: unknown, did you mean %q?", filter.flag, v, c)
			}
			if len(filter.known) == 0 {
				return fmt.Errorf("--%s %s: unknown, no rule has one", filter.flag, v)
			}
			if len(filter.known) > 20 {
				return fmt.Errorf("--%s %s: unknown, expected an id of policies/references.yaml", filter.flag, v)
			}
			return fmt.Errorf("--%s %s: unknown, expected one of %s", filter.flag, v, strings.Join(filter.known, ", "))
		}
	}
	return nil
}

// complete lets a shell complete what the flags that filter can match.
func (l *listing) complete(cmd *cobra.Command) {
	known := func(flag string) cobra.CompletionFunc {
		return func(cmd *cobra.Command, _ []string, _ string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
			taxonomies, err := rego.Taxonomies()
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			if flag == "references" {
				for _, t := range taxonomies {
					out = append(out, t.Prefix)
				}
				return out, cobra.ShellCompDirectiveNoFileComp
			}
			s, a, err := l.OpenForShell(cmd)
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			defer s.Close()
			for _, filter := range l.filters(a, taxonomies) {
				if filter.flag == flag {
					out = filter.known
				}
			}
			return out, cobra.ShellCompDirectiveNoFileComp
		}
	}
	for _, flag := range []string{"layer", "kind", "severity", "reference", "collection", "references"} {
		completeFlag(cmd, flag, known(flag))
	}
}

func (l *listing) cover(cmd *cobra.Command, taxonomies []maestro.Taxonomy, rules []maestro.Rule) error {
	var prefixes []string
	for _, t := range taxonomies {
		if t.Prefix == l.coverage {
			return show.Coverage(cmd.OutOrStdout(), t, rules, session.PrintOptions(cmd.OutOrStdout()))
		}
		prefixes = append(prefixes, t.Prefix)
	}
	return fmt.Errorf("--references %s: unknown list%s", l.coverage, suggest.DidYouMean(l.coverage, prefixes))
}
