package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/verdict"
)

// The law of this format: the decision first, then why, then the rest in the
// order of a reader's questions. One idea a line, at most width columns where
// words allow it; a place is file:line, a fact its path. Whatever a profile says
// is printed without control characters.

const width = 100

// text prints verdicts for a person: one in full, several in short with a
// summary at the end.
func text(w io.Writer, verdicts []*verdict.Verdict, o Options) error {
	var all bytes.Buffer
	for _, v := range verdicts {
		p := printer{v: v, paint: painter(o.Color), out: &all}
		p.headline()
		if len(verdicts) > 1 {
			p.reasons(3)
			p.line("", "")
			continue
		}
		p.reasons(len(v.Reasons))
		p.configured()
		p.factors()
		p.layers()
		p.findings()
		p.waivers()
		p.questions()
	}
	if len(verdicts) > 1 {
		summary(&all, verdicts, painter(o.Color))
	}
	_, err := w.Write(all.Bytes())
	return err
}

// summary is a line for each agent, in the order of the inputs.
func summary(out *bytes.Buffer, verdicts []*verdict.Verdict, paint func(style, s string) string) {
	wide := 0
	for _, v := range verdicts {
		wide = max(wide, len([]rune(clean(v.Subject.Name))))
	}
	for _, v := range verdicts {
		fmt.Fprintf(out, "%s  %4v %-8s  %-*s  %s\n", paint(string(v.Decision), fmt.Sprintf("%-7s", v.Decision)),
			v.Score.AIVSS, v.Score.Severity, wide, clean(v.Subject.Name), clean(v.Subject.Source))
	}
	fmt.Fprintf(out, "%d agents; check one alone for its factors, layers and findings\n", len(verdicts))
}

type printer struct {
	v     *verdict.Verdict
	paint func(style, s string) string
	out   *bytes.Buffer
}

func (p *printer) line(indent, s string) { p.out.WriteString(strings.TrimRight(indent+s, " ") + "\n") }

func (p *printer) heading(s string) {
	p.line("", "")
	p.line("", p.paint("bold", s))
}

// wrapped prints words within width; the first line begins with lead, the
// others with as many spaces as lead is wide.
func (p *printer) wrapped(lead string, wide int, s string) {
	column, indent := wide, strings.Repeat(" ", wide)
	words := strings.Fields(clean(s))
	if len(words) == 0 {
		p.line("", lead)
		return
	}
	p.out.WriteString(lead)
	for i, word := range words {
		switch n := len([]rune(word)); {
		case i == 0:
			column += n
		case column+1+n > width:
			p.out.WriteString("\n" + indent)
			column = wide + n
		default:
			p.out.WriteByte(' ')
			column += 1 + n
		}
		p.out.WriteString(word)
	}
	p.out.WriteByte('\n')
}

func (p *printer) headline() {
	v, s := p.v, p.v.Score
	name := v.Subject.Title
	if name == "" {
		name = v.Subject.Name
	}
	p.line("", fmt.Sprintf("%s  %s  %s", p.paint(string(v.Decision), strings.ToUpper(string(v.Decision))), p.paint("bold", clean(name)), clean(v.Subject.Source)))
	if v.Subject.Summary != "" {
		p.wrapped("", 0, v.Subject.Summary)
	}
	p.line("", "")
	p.line("", fmt.Sprintf("AIVSS %s%s", p.paint(string(s.Severity), fmt.Sprintf("%v %s", s.AIVSS, s.Severity)), interval(s)))
	p.line("  ", clean(fmt.Sprintf("CVSS base %v, factors %s of 10, threat %v, mitigation %v; formula %s, factor set %s",
		s.CVSSBase, s.FactorSum, s.Threat, s.Mitigation, s.Formula, s.FactorSet)))
	if s.CVSSVector != "" {
		p.line("  ", clean(s.CVSSVector))
	}
	if s.Unmitigated != nil {
		p.wrapped("  ", 2, fmt.Sprintf("%v without mitigation, %v by the amended formula; mitigated%s", s.Unmitigated, s.Amended, said(s.MitigationBecause)))
		if s.AIVSS < s.CVSSBase {
			p.line("  ", "the mitigation factor puts this score below its CVSS base")
		}
	}
}

// interval tells what the score may be, and over how much silence.
func interval(s verdict.Score) string {
	if s.Low == s.High {
		return ""
	}
	facts := "facts"
	if s.Undisclosed == 1 {
		facts = "fact"
	}
	return fmt.Sprintf(" (%v–%v over %d undisclosed %s)", s.Low, s.High, s.Undisclosed, facts)
}

// reasons tells up to most of the reasons for the decision.
func (p *printer) reasons(most int) {
	if len(p.v.Reasons) == 0 {
		p.heading("No gate objects.")
		return
	}
	p.heading("Why " + string(p.v.Decision))
	more, others, known := 0, 0, 0
	for i, r := range p.v.Reasons {
		switch {
		case r.Known:
			known++
			continue
		case r.Decision != p.v.Decision:
			others++
			continue
		case i >= most:
			more++
			continue
		}
		rule := ""
		if r.Rule != "" {
			rule = " [" + strings.TrimSpace(r.Rule+" "+r.Term) + "]"
		}
		p.wrapped("  - ", 4, r.Message+rule)
	}
	if more > 0 {
		p.line("  ", fmt.Sprintf("and %d more", more))
	}
	if others > 0 {
		p.line("  ", fmt.Sprintf("and %d more that ask for a review", others))
	}
	if known > 0 {
		p.line("  ", fmt.Sprintf("and %d known since %s, which fail nothing", known, clean(p.v.Enforcement.NewSince)))
	}
}

func (p *printer) factors() {
	p.heading("Factors")
	for _, f := range p.v.Score.Factors {
		lead := fmt.Sprintf("  %-24s %-4v %s ", clean(f.Name), f.Value, bar(f))
		p.wrapped(lead, 2+24+1+4+1+10+1, because(f.Because, f.Low != f.High))
	}
}

// bar draws a factor in ten cells: its low end full, what is open up to its
// high end shaded.
func bar(f verdict.Factor) string {
	low, high := int(f.Low+9)/10, int(f.High+9)/10
	return strings.Repeat("█", low) + strings.Repeat("▒", high-low) + strings.Repeat("░", 10-high)
}

// because names some of the facts that are disclosed and counts the rest.
func because(reasons []verdict.Because, uncertain bool) string {
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

// named shortens a reason: a decision of the assessor needs no path.
func named(b verdict.Because) string {
	switch {
	case b.Fact == "":
		return b.Text
	case strings.HasPrefix(b.Fact, "/scoring/"):
		return fmt.Sprintf("%s, line %d", b.Text, b.Line)
	}
	return path(b.Fact) + ": " + b.Text
}

func (p *printer) layers() {
	p.heading("Layers")
	for _, l := range p.v.Layers {
		p.line("  ", clean(fmt.Sprintf("%s %-27s %-9s %d of %d facts disclosed", l.ID, l.Title, l.Tag, l.Disclosed, l.Applicable)))
		p.wrapped("     ", 5, l.Commentary)
	}
}

func (p *printer) findings() {
	sections := []struct {
		title string
		kinds []maestro.Kind
		facts bool
	}{
		{"Findings", []maestro.Kind{maestro.Combination, maestro.Weakness}, true},
		{"Gaps", []maestro.Kind{maestro.Gap}, false},
		{"Strengths", []maestro.Kind{maestro.Strength}, true},
	}
	for _, section := range sections {
		var shown []verdict.Finding
		for _, f := range p.v.Findings {
			if slices.Contains(section.kinds, f.Kind) && f.SuppressedBy == "" && f.WaivedBy == "" {
				shown = append(shown, f)
			}
		}
		if len(shown) > 0 {
			p.heading(section.title)
		}
		for _, f := range shown {
			p.finding(f, section.facts)
		}
	}
}

func span(low, high aivss.Tenths) string {
	if low == high {
		return low.String()
	}
	return fmt.Sprintf("%v–%v", low, high)
}
