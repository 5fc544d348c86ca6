package html

import (
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

func formulaOf(s verdict.Score) aivss.Formula {
	f, _ := aivss.FormulaByName(s.Formula)
	return f
}

// openInterval is what the score may be, without brackets.
func openInterval(s verdict.Score) string { return strings.Trim(print.Interval(s), " ()") }

// reasons are what stands behind a number: in short, and in full where the short
// form leaves something out.
type reasons struct {
	Short string
	All   []verdict.Because
}

func reasonsOf(all []verdict.Because, uncertain bool) reasons {
	const few = 3
	if len(all) <= few {
		var said []string
		for _, b := range all {
			said = append(said, reasonText(b))
		}
		return reasons{Short: strings.Join(said, "; ")}
	}
	return reasons{print.Because(all, uncertain), all}
}

// reasonText is a reason with its fact and line; a decision of the assessor needs
// no path.
func reasonText(b verdict.Because) string {
	text := b.Text
	if b.Fact != "" && !strings.HasPrefix(b.Fact, "/scoring/") {
		text = print.Path(b.Fact) + ": " + text
	}
	if b.Line > 0 {
		text += ", " + print.Line(b.Source, b.Line)
	}
	if b.Adds != nil {
		text = print.Signed(*b.Adds) + " " + text
	}
	return text
}

// term is a term of the formula.
type term struct {
	Term, Value, Note string
	Because           reasons
	Total             bool
}

// ledger is every number of the calculation, in the order of the calculation.
func ledger(s verdict.Score) []term {
	f := formulaOf(s)
	out := []term{
		{Term: "CVSS base", Value: s.CVSSBase.String(), Note: "CVSS v4.0, see below", Because: reasonsOf(s.CVSSBecause, false)},
		{Term: "Factor sum", Value: s.FactorSum, Note: "the ten factors of set " + s.FactorSet + ", see below"},
		{Term: "Threat multiplier", Value: s.Threat.String(), Note: print.Level(aivss.ThreatLevels(), s.Threat), Because: reasonsOf(s.ThreatBecause, false)},
	}
	uplift := term{Term: "AARS", Value: s.AARSExact, Note: "the agentic uplift over the CVSS base"}
	if s.K != "0.0" {
		uplift.Note += fmt.Sprintf("; the factors take %s of the way to 10", s.K)
	}
	out = append(out, uplift)
	if f.Mitigates {
		out = append(out, term{Term: "Mitigation factor", Value: s.Mitigation.String(), Note: print.Level(aivss.MitigationLevels(), s.Mitigation), Because: reasonsOf(s.MitigationBecause, false)})
	}
	out = append(out, term{Term: "Raw score", Value: s.Raw, Note: "before rounding"},
		term{Term: "AIVSS", Value: s.AIVSS.String(), Note: string(s.Severity) + print.Interval(s), Total: true})
	if s.Unmitigated != nil {
		out = append(out, term{Term: "Unmitigated", Value: s.Unmitigated.String(), Note: "beside it: the score without mitigation"})
	}
	if s.Amended != nil {
		out = append(out, term{Term: "Amended", Value: s.Amended.String(), Note: "beside it: by the amended formula, which mitigates the uplift only"})
	}
	return out
}

// steps is the formula with its numbers.
func steps(s verdict.Score) []string {
	uplift := fmt.Sprintf("AARS = (10 − %v) × (%s / 10) × %v = %s", s.CVSSBase, s.FactorSum, s.Threat, s.AARSExact)
	whole := ""
	switch s.Formula {
	case aivss.Amended.Name:
		whole = fmt.Sprintf("%v + %s × %v", s.CVSSBase, s.AARSExact, s.Mitigation)
	case aivss.V05.Name:
		uplift = fmt.Sprintf("AARS = Factor_Sum = %s", s.AARSExact)
		whole = fmt.Sprintf("((%v + %s) / 2) × %v", s.CVSSBase, s.AARSExact, s.Threat)
	default:
		whole = fmt.Sprintf("(%v + %s) × %v", s.CVSSBase, s.AARSExact, s.Mitigation)
	}
	return []string{uplift, fmt.Sprintf("AIVSS = %s = %s, rounded half up: %v", whole, s.Raw, s.AIVSS)}
}

// metricRow is a CVSS base metric in words.
type metricRow struct {
	ID, Title, Value, Range string
	Because                 reasons
}

// metricRows are the metrics of the vector; those of a derived one have reasons.
func metricRows(s verdict.Score) []metricRow {
	titles := map[string]string{}
	for _, m := range aivss.BaseMetrics() {
		titles[m.Name] = m.Title
	}
	var out []metricRow
	for _, m := range s.CVSSMetrics {
		row := metricRow{m.ID, titles[m.ID], meaning(m.ID, m.Value), "", reasonsOf(m.Because, m.Low != m.High)}
		if m.Low != m.High {
			row.Range = meaning(m.ID, m.Low) + " to " + meaning(m.ID, m.High)
		}
		out = append(out, row)
	}
	if len(out) > 0 || s.CVSSVector == "" {
		return out
	}
	for _, part := range strings.Split(s.CVSSVector, "/") {
		if id, letter, _ := strings.Cut(part, ":"); titles[id] != "" {
			out = append(out, metricRow{ID: id, Title: titles[id], Value: meaning(id, letter)})
		}
	}
	return out
}

// meaning is the name of a value of a CVSS v4.0 base metric; specification,
// section 2.
func meaning(metric, letter string) string {
	words := map[string]string{"N": "None", "L": "Low", "H": "High", "P": "Present", "A": "Active"}
	switch metric {
	case "AV":
		words = map[string]string{"N": "Network", "A": "Adjacent", "L": "Local", "P": "Physical"}
	case "UI":
		words["P"] = "Passive"
	}
	if word := words[letter]; word != "" {
		return word
	}
	return letter
}
