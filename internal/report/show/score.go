package show

import (
	"fmt"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// Score prints one score with its whole calculation, for a person.
func Score(w io.Writer, s verdict.Score, o print.Options) error {
	p := print.New(o)
	formula, _ := aivss.FormulaByName(s.Formula)
	p.Line("", fmt.Sprintf("AIVSS %s%s", p.Styled(string(s.Severity), fmt.Sprintf("%v %s", s.AIVSS, s.Severity)), print.Interval(s)))
	p.Line("", "")
	row := func(name, value, note string) { p.Wrapped(fmt.Sprintf("  %-12s %-9s ", name, value), 25, note) }
	row("formula", s.Formula, formula.Text+"; "+formula.Source)
	row("CVSS base", s.CVSSBase.String(), strings.TrimSpace(s.CVSSVector+" "+print.Said(s.CVSSBecause)))
	row("Factor_Sum", s.FactorSum, "the ten factors of set "+s.FactorSet)
	row("ThM", s.Threat.String(), print.Level(aivss.ThreatLevels(), s.Threat)+print.Said(s.ThreatBecause))
	if formula.Mitigates {
		row("MF", s.Mitigation.String(), print.Level(aivss.MitigationLevels(), s.Mitigation)+print.Said(s.MitigationBecause))
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
	p.Factors(s)
	printMetrics(p, s)
	if len(s.Warnings) > 0 {
		p.Heading("Note")
		for _, warning := range s.Warnings {
			p.Wrapped("  - ", 4, warning)
		}
	}
	return p.Flush(w)
}

// printMetrics explains a derived CVSS vector.
func printMetrics(p *print.Printer, s verdict.Score) {
	if len(s.CVSSMetrics) == 0 {
		return
	}
	p.Heading("CVSS v4.0 base metrics")
	for i, m := range s.CVSSMetrics {
		span := m.Value
		if m.Low != m.High {
			span = fmt.Sprintf("%s (%s to %s)", m.Value, m.Low, m.High)
		}
		title := aivss.BaseMetrics()[i].Title
		p.Wrapped(fmt.Sprintf("  %s %-36s %-11s ", m.ID, title, span), 2+2+1+36+1+11+1, print.Because(m.Because, m.Low != m.High))
	}
}

// ScoreJSON prints a score as the score object of a verdict.
func ScoreJSON(w io.Writer, s verdict.Score) error {
	return print.Encode(w, s)
}

// Rubric prints formulas, multipliers and the levels of a factor set.
func Rubric(w io.Writer, set *aivss.FactorSet, o print.Options) error {
	p := print.New(o)
	p.Line("", p.Styled("bold", "Formulas"))
	for _, f := range aivss.Formulas() {
		p.Wrapped(fmt.Sprintf("  %-8s ", f.Name), 11, f.Text+"; "+f.Source)
	}
	for _, table := range []struct {
		title  string
		levels []aivss.Level
	}{{"Threat multiplier (ThM)", aivss.ThreatLevels()}, {"Mitigation factor (MF)", aivss.MitigationLevels()}} {
		p.Heading(table.title)
		for _, l := range table.levels {
			p.Wrapped(fmt.Sprintf("  %-11s %-5v ", l.Name, l.Value), 20, l.Meaning)
		}
	}
	p.Heading(fmt.Sprintf("Factors of set %s (%s)", set.Name, set.Source))
	for _, f := range set.Factors {
		p.Line("", "")
		p.Wrapped("  "+f.ID+"  ", 4+len(f.ID), f.Name+". "+f.Asks)
		for i, text := range f.Rubric {
			p.Wrapped(fmt.Sprintf("    %v  ", aivss.Hundredths(50*i)), 9, text)
		}
		if len(f.Aliases) > 0 {
			p.Wrapped("    also ", 9, strings.Join(f.Aliases, ", "))
		}
	}
	return p.Flush(w)
}
