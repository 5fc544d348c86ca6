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
// summary at the end, and before all of it what could not be judged. It holds what
// it will print, and the first verdict until there is a second.
type text struct {
	w     io.Writer
	paint func(style, s string) string
	first *verdict.Verdict
	short bytes.Buffer
	rows  []textRow
	open  open
}

// textRow is an agent in the summary.
type textRow struct{ decision, score, name, source string }

func newText(w io.Writer, o Options) Writer { return &text{w: w, paint: painter(o.Color)} }

func (t *text) Write(v *verdict.Verdict) error {
	if len(t.rows) == 0 {
		t.first = v
	} else {
		if t.first != nil {
			t.brief(t.first)
			t.first = nil
		}
		t.brief(v)
	}
	t.rows = append(t.rows, textRow{string(v.Decision), fmt.Sprintf("%4v %-8s", v.Score.AIVSS, v.Score.Severity), clean(v.Subject.Name), clean(v.Subject.Source)})
	return nil
}

func (t *text) Undecided(u verdict.Undecided) error {
	t.open = append(t.open, u)
	return nil
}

// brief prints an agent among several.
func (t *text) brief(v *verdict.Verdict) {
	p := printer{v: v, paint: t.paint, out: &t.short}
	p.headline()
	for _, said := range loosened(v) {
		p.wrapped("  - ", 4, said)
	}
	p.reasons(3)
	p.line("", "")
}

func (t *text) Close() error {
	p := printer{v: t.first, paint: t.paint, out: &bytes.Buffer{}}
	if said := t.open.Said(); said != "" {
		p.line("", p.paint("reject", "UNDECIDED")+"  "+said)
		for _, u := range t.open {
			p.wrapped("  - ", 4, u.Place()+": "+u.Message)
		}
		if len(t.rows) > 0 {
			p.line("", "")
		}
	}
	if t.first != nil {
		p.agent()
	}
	p.out.Write(t.short.Bytes())
	if len(t.rows) > 1 {
		t.summary(p.out)
	}
	_, err := t.w.Write(p.out.Bytes())
	return err
}

// summary is a line for each agent, in the order of the inputs.
func (t *text) summary(out *bytes.Buffer) {
	wide := 0
	for _, r := range t.rows {
		wide = max(wide, len([]rune(r.name)))
	}
	for _, r := range t.rows {
		fmt.Fprintf(out, "%s  %s  %-*s  %s\n", t.paint(r.decision, fmt.Sprintf("%-7s", r.decision)), r.score, wide, r.name, r.source)
	}
	fmt.Fprintf(out, "%d agents; check one alone for its factors, layers and findings\n", len(t.rows))
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

// agent prints all that text says of an agent.
func (p *printer) agent() {
	p.headline()
	p.reasons(len(p.v.Reasons))
	p.configured()
	p.factors()
	p.layers()
	p.findings()
	p.waivers()
	p.questions()
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
		p.line("  ", fmt.Sprintf("and %d known since %s, which fail nothing", known, clean(since(p.v))))
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
	cells := func(h aivss.Hundredths) int { return min(max(int(h+9)/10, 0), 10) }
	low, high := cells(f.Low), cells(max(f.Low, f.High))
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
