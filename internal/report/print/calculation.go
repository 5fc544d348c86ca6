package print

import (
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/verdict"
)

// Subject prints the decision, the agent, and what the verdict rests on.
func (p *Printer) Subject(v *verdict.Verdict) {
	name := v.Subject.Title
	if name == "" {
		name = v.Subject.Name
	}
	p.Line("", fmt.Sprintf("%s  %s  %s", p.Styled(string(v.Decision), strings.ToUpper(string(v.Decision))), p.Styled("bold", Clean(name)), Clean(v.Subject.Source)))
	if v.Subject.Summary != "" {
		p.Wrapped("", 0, v.Subject.Summary)
	}
	if said := Basis(v); said != "" {
		p.Line("", Capital(said))
	}
	for _, said := range Apart(v) {
		p.Wrapped("", 0, said)
	}
	if said := Origin(v); said != "" {
		p.Wrapped("", 0, Capital(said))
	}
	for _, said := range Unheeded(v) {
		p.Wrapped("  ", 2, said)
	}
}

// Score prints a score and what it may be.
func (p *Printer) Score(s verdict.Score) {
	without := ""
	if s.Unmitigated != nil {
		without = fmt.Sprintf("; %v without mitigation", s.Unmitigated)
	}
	p.Line("", fmt.Sprintf("AIVSS %s%s%s", p.Styled(string(s.Severity), fmt.Sprintf("%v %s", s.AIVSS, s.Severity)), Interval(s), without))
}

// Headline prints the decision, the agent and the score with what it was computed
// from.
func (p *Printer) Headline(v *verdict.Verdict) {
	s := v.Score
	p.Subject(v)
	p.Wrapped("", 0, Ruling(v)+".")
	p.Line("", "")
	p.Line("", fmt.Sprintf("AIVSS %s%s", p.Styled(string(s.Severity), fmt.Sprintf("%v %s", s.AIVSS, s.Severity)), Interval(s)))
	p.Line("  ", Clean(fmt.Sprintf("CVSS base %v, factors %s of 10, threat %v, mitigation %v; formula %s, factor set %s",
		s.CVSSBase, s.FactorSum, s.Threat, s.Mitigation, s.Formula, s.FactorSet)))
	if s.CVSSVector != "" {
		p.Line("  ", Clean(s.CVSSVector))
	}
	if s.Unmitigated != nil {
		p.Wrapped("  ", 2, fmt.Sprintf("%v without mitigation, %v by the amended formula; mitigated%s", s.Unmitigated, s.Amended, Said(s.MitigationBecause)))
		if s.AIVSS < s.CVSSBase {
			p.Line("  ", "the mitigation factor puts this score below its CVSS base")
		}
	}
}

// Interval tells what the score may be, and over how much silence.
func Interval(s verdict.Score) string {
	if s.Low == s.High {
		return ""
	}
	facts := "facts"
	if s.Undisclosed == 1 {
		facts = "fact"
	}
	return fmt.Sprintf(" (%v–%v over %d undisclosed %s)", s.Low, s.High, s.Undisclosed, facts)
}

// Factors prints the factors of a score, each with a bar and its reasons.
func (p *Printer) Factors(s verdict.Score) {
	p.Heading("Factors")
	for _, f := range s.Factors {
		lead := fmt.Sprintf("  %s %-4v %s ", Pad(Clean(f.Name), 24), f.Value, bar(f))
		p.Wrapped(lead, 2+24+1+4+1+10+1, Because(f.Because, f.Low != f.High))
	}
}

// bar draws a factor in ten cells: its low end full, what is open up to its
// high end shaded.
func bar(f verdict.Factor) string {
	cells := func(h aivss.Hundredths) int { return min(max(int(h+9)/10, 0), 10) }
	low, high := cells(f.Low), cells(max(f.Low, f.High))
	return strings.Repeat("█", low) + strings.Repeat("▒", high-low) + strings.Repeat("░", 10-high)
}

// Because names some of the facts that are disclosed and counts the rest.
func Because(reasons []verdict.Because, uncertain bool) string {
	if len(reasons) > 0 && reasons[0].Adds != nil {
		return shares(reasons)
	}
	const most = 3
	var said []string
	open, more := 0, 0
	for _, b := range reasons {
		switch {
		case b.Line == 0 && uncertain && b.Fact != "":
			open++
		case len(said) == most:
			more++
		default:
			said = append(said, named(b))
		}
	}
	if more > 0 {
		said = append(said, fmt.Sprintf("%d more", more))
	}
	if open > 0 {
		said = append(said, fmt.Sprintf("%d undisclosed", open))
	}
	return strings.Join(said, "; ")
}

// shares tells what adds to a factor and the line that says so, and sums up what does
// because it is not known.
func shares(reasons []verdict.Because) string {
	var said []string
	var open aivss.Hundredths
	unknown := 0
	for _, b := range reasons {
		switch {
		case b.Adds == nil:
		case b.Line == 0 && len(said) > 0:
			open += *b.Adds
			unknown++
		case b.Line > 0:
			said = append(said, fmt.Sprintf("%s %s, %s", Signed(*b.Adds), b.Text, Line(b.Source, b.Line)))
		default:
			said = append(said, fmt.Sprintf("%v %s", *b.Adds, b.Text))
		}
	}
	if unknown > 0 {
		said = append(said, fmt.Sprintf("%s by %d that are not known", Signed(open), unknown))
	}
	return strings.Join(said, "; ")
}

// Signed is a number with its sign.
func Signed(h aivss.Hundredths) string {
	if h < 0 {
		return "−" + (-h).String()
	}
	return "+" + h.String()
}

// named shortens a reason: a decision of the assessor needs no path.
func named(b verdict.Because) string {
	switch {
	case b.Fact == "":
		return b.Text
	case strings.HasPrefix(b.Fact, "/scoring/"):
		return b.Text + ", " + Line(b.Source, b.Line)
	}
	return Path(b.Fact) + ": " + b.Text
}

// Said is the reasons of a decision, in brackets.
func Said(reasons []verdict.Because) string {
	var out []string
	for _, b := range reasons {
		text := b.Text
		if b.Line > 0 {
			text = text + ", " + Line(b.Source, b.Line)
		}
		out = append(out, text)
	}
	if len(out) == 0 {
		return ""
	}
	return " (" + strings.Join(out, "; ") + ")"
}

// Level names the value of a multiplier among its published levels.
func Level(levels []aivss.Level, v aivss.Hundredths) string {
	for _, l := range levels {
		if l.Value == v {
			return l.Name + ": " + l.Meaning
		}
	}
	return "a value of no published table"
}

// Span is an interval of scores, or the one score that it is.
func Span(low, high aivss.Tenths) string {
	if low == high {
		return low.String()
	}
	return fmt.Sprintf("%v–%v", low, high)
}
