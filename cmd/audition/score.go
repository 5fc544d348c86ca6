package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/report/show"
	"github.com/audition-dev/audition/internal/suggest"
	"github.com/audition-dev/audition/internal/verdict"
)

// scoring is what the flags of the command say.
type scoring struct {
	output, formula, set session.OneOf
	cvss, factors        []string
	threat, mitigation   string
	explain              bool
	category, assessor   string
	system, at           string
	// by is the configuration that judges a profile, unless flags say otherwise.
	by      session.Judging
	changed func(flag string) bool
}

func newScore() *cobra.Command {
	formats := []string{"text", "json", "aivss"}
	s := scoring{
		output:  session.Choose(formats...),
		formula: session.Choose(aivss.FormulaNames()...),
		set:     session.Choose(aivss.FactorSetNames()...),
	}
	cmd := &cobra.Command{
		Use:   "score [PROFILE]",
		Short: "Compute an OWASP AIVSS score and show the whole calculation",
		Long: `Score computes the OWASP AIVSS score of a profile, or of values given by hand:
a CVSS v4.0 vector or base score, ten factors, a threat multiplier and a
mitigation factor. Nothing is rounded but the result, once, half up.

With --explain and nothing else it prints formulas, multipliers and the rubric of
the factor set.`,
		Example: `  audition score profile.yaml
  audition score --explain --factor-set v0.8
  audition score --cvss 8.5 --threat poc --mitigation partial \
    --factor autonomy_of_action=0.5 --factor goal_driven_planning=0.5 …`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s.changed = cmd.Flags().Changed
			return s.run(cmd.Context(), args, cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.VarP(&s.output, "output", "o", "format: text, json, or aivss for the report of AIVSS v0.8 Appendix A")
	f.Var(&s.formula, "formula", "formula: "+strings.Join(aivss.FormulaNames(), ", "))
	f.Var(&s.set, "factor-set", "the ten factors: "+strings.Join(aivss.FactorSetNames(), " or "))
	f.StringArrayVar(&s.cvss, "cvss", nil, "CVSS v4.0 vector or base score; given both ways they have to agree")
	f.StringArrayVar(&s.factors, "factor", nil, "factor as name=value, from 0 to 1; all ten are needed")
	f.StringVar(&s.threat, "threat", "", "threat multiplier: attacked, poc, unreported or a number (default poc)")
	f.StringVar(&s.mitigation, "mitigation", "", "mitigation factor: none, partial, strong or a number (default none)")
	f.BoolVar(&s.explain, "explain", false, "print formulas, multipliers and rubric; with a score, below it")
	s.by.Choosing(f)
	f.StringVar(&s.category, "category", "Agentic AI Tool Misuse", "OWASP category, for -o aivss")
	f.StringVar(&s.assessor, "assessor", "", "id of the assessor, for -o aivss")
	f.StringVar(&s.system, "system", "", "name of the system, for -o aivss; a profile has its own")
	f.StringVar(&s.at, "at", "", "day of the assessment as YYYY-MM-DD, for -o aivss (default today)")
	completeFlag(cmd, "factor", func(*cobra.Command, []string, string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
		set, _ := aivss.FactorSetByName(s.set.Value)
		for _, f := range set.Factors {
			out = append(out, cobra.CompletionWithDesc(f.ID+"=", f.Name))
		}
		return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	})
	return cmd
}

func (s *scoring) run(ctx context.Context, args []string, stdin io.Reader, stdout io.Writer) error {
	set, _ := aivss.FactorSetByName(s.set.Value)
	given := len(args) > 0 || len(s.cvss) > 0 || len(s.factors) > 0 || s.threat != "" || s.mitigation != ""
	if s.explain && !given {
		return show.Rubric(stdout, set, session.PrintOptions(stdout))
	}
	score, about, err := s.score(ctx, args, set, stdin)
	if err != nil {
		return err
	}
	switch s.output.Value {
	case "json":
		return show.ScoreJSON(stdout, score)
	case "aivss":
		if about.Date, err = s.date(); err != nil {
			return err
		}
		return show.ScoreAIVSS(stdout, score, about)
	}
	if err := show.Score(stdout, score, session.PrintOptions(stdout)); err != nil || !s.explain {
		return err
	}
	fmt.Fprintln(stdout)
	return show.Rubric(stdout, set, session.PrintOptions(stdout))
}

// score computes the score of the profile or of the flags.
func (s *scoring) score(ctx context.Context, args []string, set *aivss.FactorSet, stdin io.Reader) (verdict.Score, show.Assessment, error) {
	about := show.Assessment{System: s.system, Assessor: s.assessor, Category: s.category, Title: "Agent " + s.system}
	formula, _ := aivss.FormulaByName(s.formula.Value)
	if len(args) == 0 {
		in, vector, err := s.input(formula, set)
		if err != nil {
			return verdict.Score{}, about, err
		}
		score, err := assess.Calculate(in, vector)
		return score, about, err
	}
	if len(s.cvss)+len(s.factors) > 0 || s.threat != "" || s.mitigation != "" {
		return verdict.Score{}, about, errors.New("a profile decides for itself: put cvss, factors, threat and mitigation into its scoring")
	}
	on, err := s.by.Read(ctx)
	if err != nil {
		return verdict.Score{}, about, err
	}
	defer on.Close()
	cfg := on.Config
	if s.changed("formula") {
		cfg.Formula = formula
	}
	if s.changed("factor-set") {
		cfg.FactorSet = set
	}
	at, err := session.Day(s.at, true, session.Today(time.Now()))
	if err != nil {
		return verdict.Score{}, about, err
	}
	p, err := on.One(ctx, args[0], stdin)
	if err != nil {
		return verdict.Score{}, about, err
	}
	about.System, about.Version = cmp.Or(s.system, p.Metadata.Name), p.Metadata.Version
	about.Title = "Agent " + cmp.Or(p.Metadata.Title, p.Metadata.Name)
	o, err := on.Judged()
	if err != nil {
		return verdict.Score{}, about, err
	}
	score, err := assess.Score(p, on.Framework, cfg, o, at)
	return score, about, err
}

// input reads a calculation from the flags.
func (s *scoring) input(formula aivss.Formula, set *aivss.FactorSet) (aivss.Input, string, error) {
	in := aivss.Input{Formula: formula, Set: set}
	base, vector, exploited, err := s.base()
	if err != nil {
		return in, "", err
	}
	in.CVSSBase = base
	if in.Factors, err = s.values(set); err != nil {
		return in, "", err
	}
	level, _ := aivss.ThreatOf(exploited)
	if in.Threat, err = multiplier("--threat", cmp.Or(s.threat, level.Name, "poc"), aivss.ThreatLevels()); err != nil {
		return in, "", err
	}
	in.Mitigation, err = multiplier("--mitigation", cmp.Or(s.mitigation, "none"), aivss.MitigationLevels())
	return in, vector, err
}

// base reads --cvss: a vector, a number, or both if they agree. It also returns
// the threat metric E of the vector.
func (s *scoring) base() (base aivss.Tenths, vector, exploited string, err error) {
	if len(s.cvss) == 0 {
		return 0, "", "", errors.New("--cvss is missing, expected a CVSS v4.0 vector or base score")
	}
	stated := aivss.Tenths(-1)
	for _, text := range s.cvss {
		number := strings.IndexFunc(text, func(r rune) bool { return (r < '0' || r > '9') && r != '.' }) < 0
		switch {
		case number && stated >= 0, !number && vector != "":
			return 0, "", "", fmt.Errorf("--cvss %s: is given twice", text)
		case number:
			stated, err = aivss.ParseTenths(text)
		default:
			var v aivss.Vector
			v, err = aivss.ParseVector(text)
			base, vector, exploited = v.Base(), v.String(), v.Threat
		}
		if err != nil {
			return 0, "", "", fmt.Errorf("--cvss %s: %w", text, err)
		}
	}
	switch {
	case vector == "":
		base = stated
	case stated >= 0 && stated != base:
		return 0, "", "", fmt.Errorf("--cvss %v: the vector scores %v", stated, base)
	}
	return base, vector, exploited, nil
}

// values reads the --factor flags.
func (s *scoring) values(set *aivss.FactorSet) (values [aivss.FactorCount]aivss.Hundredths, err error) {
	given := map[int]string{}
	for _, text := range s.factors {
		name, value, ok := strings.Cut(text, "=")
		if !ok {
			return values, fmt.Errorf("--factor %s: expected name=value", text)
		}
		i, ok := set.Index(name)
		if !ok {
			return values, fmt.Errorf("--factor %s: unknown factor of set %s%s", text, set.Name, suggest.DidYouMean(name, set.IDs(), set.Aliases()...))
		}
		if earlier, twice := given[i]; twice {
			return values, fmt.Errorf("--factor %s: is given twice, first as %s", text, earlier)
		}
		given[i] = text
		if values[i], err = aivss.ParseHundredths(value); err == nil && (values[i] < 0 || values[i] > 100) {
			err = fmt.Errorf("expected 0 to 1, got %s", value)
		}
		if err != nil {
			return values, fmt.Errorf("--factor %s: %w", text, err)
		}
	}
	var missing []string
	for i, id := range set.IDs() {
		if _, ok := given[i]; !ok {
			missing = append(missing, id)
		}
	}
	if len(missing) > 0 {
		return values, fmt.Errorf("--factor is missing for %s", strings.Join(missing, ", "))
	}
	return values, nil
}

// multiplier reads the name of a level or a number; the calculation checks its
// range.
func multiplier(flag, text string, levels []aivss.Level) (aivss.Hundredths, error) {
	if l, ok := aivss.LevelByName(levels, text); ok {
		return l.Value, nil
	}
	v, err := aivss.ParseHundredths(text)
	switch {
	case err != nil && strings.IndexFunc(text, func(r rune) bool { return r >= '0' && r <= '9' }) < 0:
		return 0, fmt.Errorf("%s %s: unknown name%s", flag, text, suggest.DidYouMean(text, aivss.LevelNames(levels)))
	case err != nil:
		return 0, fmt.Errorf("%s %s: %w", flag, text, err)
	}
	return v, nil
}

func (s *scoring) date() (string, error) {
	if s.at == "" {
		return time.Now().UTC().Format(time.DateOnly), nil
	}
	if _, err := time.Parse(time.DateOnly, s.at); err != nil {
		return "", fmt.Errorf("--at %s: expected a day such as 2026-01-31", s.at)
	}
	return s.at, nil
}
