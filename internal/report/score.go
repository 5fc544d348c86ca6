package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/verdict"
)

// Score prints one score with its whole calculation, for a person.
func Score(w io.Writer, s verdict.Score, o Options) error {
	p := newPrinter(o)
	formula, _ := aivss.FormulaByName(s.Formula)
	p.line("", fmt.Sprintf("AIVSS %s%s", p.styled(string(s.Severity), fmt.Sprintf("%v %s", s.AIVSS, s.Severity)), interval(s)))
	p.line("", "")
	row := func(name, value, note string) { p.wrapped(fmt.Sprintf("  %-12s %-9s ", name, value), 25, note) }
	row("formula", s.Formula, formula.Text+"; "+formula.Source)
	row("CVSS base", s.CVSSBase.String(), strings.TrimSpace(s.CVSSVector+" "+said(s.CVSSBecause)))
	row("Factor_Sum", s.FactorSum, "the ten factors of set "+s.FactorSet)
	row("ThM", s.Threat.String(), level(aivss.ThreatLevels(), s.Threat)+said(s.ThreatBecause))
	if formula.Mitigates {
		row("MF", s.Mitigation.String(), level(aivss.MitigationLevels(), s.Mitigation)+said(s.MitigationBecause))
	}
	row("AARS", s.AARSExact, "")
	row("raw", s.Raw, fmt.Sprintf("rounded half up: %v", s.AIVSS))
	if s.K != "0.0" {
		row("k", s.K, "share of the way from the CVSS base to 10 that the factors take")
	}
	if s.Unmitigated != nil {
		row("beside it", s.Unmitigated.String(), "without mitigation")
		row("", s.Amended.String(), "by the amended formula, which mitigates the uplift only")
	}
	p.factors(s)
	printMetrics(p, s)
	if len(s.Warnings) > 0 {
		p.heading("Note")
		for _, warning := range s.Warnings {
			p.wrapped("  - ", 4, warning)
		}
	}
	return p.flush(w)
}

// printMetrics explains a derived CVSS vector.
func printMetrics(p *printer, s verdict.Score) {
	if len(s.CVSSMetrics) == 0 {
		return
	}
	p.heading("CVSS v4.0 base metrics")
	for i, m := range s.CVSSMetrics {
		span := m.Value
		if m.Low != m.High {
			span = fmt.Sprintf("%s (%s to %s)", m.Value, m.Low, m.High)
		}
		title := aivss.BaseMetrics()[i].Title
		p.wrapped(fmt.Sprintf("  %s %-36s %-11s ", m.ID, title, span), 2+2+1+36+1+11+1, because(m.Because, m.Low != m.High))
	}
}

// ScoreJSON prints a score as the score object of a verdict.
func ScoreJSON(w io.Writer, s verdict.Score) error {
	return encode(w, s)
}

// Rubric prints formulas, multipliers and the levels of a factor set.
func Rubric(w io.Writer, set *aivss.FactorSet, o Options) error {
	p := newPrinter(o)
	p.line("", p.styled("bold", "Formulas"))
	for _, f := range aivss.Formulas() {
		p.wrapped(fmt.Sprintf("  %-8s ", f.Name), 11, f.Text+"; "+f.Source)
	}
	for _, table := range []struct {
		title  string
		levels []aivss.Level
	}{{"Threat multiplier (ThM)", aivss.ThreatLevels()}, {"Mitigation factor (MF)", aivss.MitigationLevels()}} {
		p.heading(table.title)
		for _, l := range table.levels {
			p.wrapped(fmt.Sprintf("  %-11s %-5v ", l.Name, l.Value), 20, l.Meaning)
		}
	}
	p.heading(fmt.Sprintf("Factors of set %s (%s)", set.Name, set.Source))
	for _, f := range set.Factors {
		p.line("", "")
		p.wrapped("  "+f.ID+"  ", 4+len(f.ID), f.Name+". "+f.Asks)
		for i, text := range f.Rubric {
			p.wrapped(fmt.Sprintf("    %v  ", aivss.Hundredths(50*i)), 9, text)
		}
		if len(f.Aliases) > 0 {
			p.wrapped("    also ", 9, strings.Join(f.Aliases, ", "))
		}
	}
	return p.flush(w)
}
