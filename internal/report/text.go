package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/verdict"
)

// The law of this format: the decision first, then why, then the rest in the
// order of a reader's questions. One idea a line, at most width columns where
// words allow it; a place is file:line, a fact its path. Whatever a profile says
// is printed without control characters.

const (
	width        = 100
	maxQuestions = 5
)

// text prints verdicts for a person.
func text(w io.Writer, verdicts []*verdict.Verdict, o Options) error {
	for i, v := range verdicts {
		p := printer{v: v, paint: painter(o.Color)}
		if i > 0 {
			p.line("", "")
		}
		p.headline()
		p.reasons()
		p.factors()
		p.layers()
		p.findings()
		p.questions()
		if _, err := w.Write(p.out.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

type printer struct {
	v     *verdict.Verdict
	paint func(style, s string) string
	out   bytes.Buffer
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
	p.out.WriteString(lead)
	for i, word := range strings.Fields(clean(s)) {
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
	p.line("  ", fmt.Sprintf("CVSS base %v, factors %s of 10, threat %v, mitigation %v; formula %s, factor set %s",
		s.CVSSBase, s.FactorSum, s.Threat, s.Mitigation, s.Formula, s.FactorSet))
	if s.CVSSVector != "" {
		p.line("  ", s.CVSSVector)
	}
	if s.Unmitigated != nil {
		p.line("  ", fmt.Sprintf("%v without mitigation, %v by the amended formula", s.Unmitigated, s.Amended))
	}
	if s.AIVSS < s.CVSSBase {
		p.line("  ", "the mitigation factor puts this score below its CVSS base")
	}
}

// interval tells what the score may be, and over how much silence.
func interval(s verdict.Score) string {
	if s.Undisclosed == 0 {
		return ""
	}
	facts := "facts"
	if s.Undisclosed == 1 {
		facts = "fact"
	}
	return fmt.Sprintf(" (%v–%v over %d undisclosed %s)", s.Low, s.High, s.Undisclosed, facts)
}

func (p *printer) reasons() {
	if len(p.v.Reasons) == 0 {
		p.heading("No gate objects.")
		return
	}
	p.heading("Why " + string(p.v.Decision))
	for _, r := range p.v.Reasons {
		rule := ""
		if r.Rule != "" {
			rule = " [" + strings.TrimSpace(r.Rule+" "+r.Term) + "]"
		}
		p.wrapped("  - ", 4, r.Message+rule)
	}
}

func (p *printer) factors() {
	p.heading("Factors")
	for _, f := range p.v.Score.Factors {
		lead := fmt.Sprintf("  %-24s %-4v %s ", f.Name, f.Value, bar(f))
		p.wrapped(lead, 2+24+1+4+1+10+1, because(f))
	}
}

// bar draws a factor in ten cells: its low end full, what is open up to its
// high end shaded.
func bar(f verdict.Factor) string {
	low, high := int(f.Low+9)/10, int(f.High+9)/10
	return strings.Repeat("█", low) + strings.Repeat("▒", high-low) + strings.Repeat("░", 10-high)
}

// because names the facts that are disclosed and counts the rest.
func because(f verdict.Factor) string {
	var said []string
	open := 0
	for _, b := range f.Because {
		switch {
		case b.Line == 0 && f.Low != f.High:
			open++
		default:
			said = append(said, named(b))
		}
	}
	if open > 0 {
		said = append(said, fmt.Sprintf("%d undisclosed", open))
	}
	return strings.Join(said, "; ")
}

// named shortens a reason: a decision of the assessor needs no path.
func named(b verdict.Because) string {
	if b.Fact == "" || strings.HasPrefix(b.Fact, "/scoring/") {
		return b.Text
	}
	return path(b.Fact) + ": " + b.Text
}

func (p *printer) layers() {
	p.heading("Layers")
	for _, l := range p.v.Layers {
		p.line("  ", fmt.Sprintf("%s %-26s %-9s %d of %d facts disclosed", l.ID, l.Title, l.Tag, l.Disclosed, l.Applicable))
		p.wrapped("     ", 5, l.Commentary)
	}
}

func (p *printer) findings() {
	p.heading("Findings")
	shown := 0
	for _, f := range p.v.Findings {
		if f.SuppressedBy != "" {
			continue
		}
		shown++
		label := fmt.Sprintf("%-8s", f.Severity)
		status := string(f.Status)
		if f.Kind == maestro.Strength || f.Kind == maestro.Gap {
			status = string(f.Kind)
		}
		term := ""
		if f.Term != "" {
			term = " [" + clean(f.Term) + "]"
		}
		p.line("  ", fmt.Sprintf("%s %-9s %s%s", p.paint(string(f.Severity), label), status, f.Rule, term))
		p.wrapped(strings.Repeat(" ", 21), 21, f.Message)
		p.wrapped(strings.Repeat(" ", 21), 21, p.places(f.Facts))
	}
	if shown == 0 {
		p.line("  ", "none")
	}
}

// places says where the facts of a finding stand.
func (p *printer) places(facts []verdict.Fact) string {
	const most = 4
	var out []string
	for i, f := range facts {
		if i == most && len(facts) > most+1 {
			out = append(out, fmt.Sprintf("and %d more", len(facts)-most))
			break
		}
		if f.Disclosed {
			out = append(out, fmt.Sprintf("%s:%d %s", p.v.Subject.Source, f.Line, path(f.Pointer)))
			continue
		}
		out = append(out, path(f.Pointer)+" not disclosed")
	}
	return strings.Join(out, "; ")
}

func (p *printer) questions() {
	if len(p.v.Questions) == 0 {
		return
	}
	p.heading("What to disclose next")
	for i, q := range p.v.Questions {
		if i == maxQuestions {
			p.line("  ", fmt.Sprintf("and %d more in the JSON verdict", len(p.v.Questions)-maxQuestions))
			break
		}
		var answers []string
		for _, a := range q.Answers {
			answers = append(answers, fmt.Sprintf("%v → %s, %s", a.Value, a.Decision, span(a.Low, a.High)))
		}
		p.wrapped("  - ", 4, path(q.Fact)+": "+strings.Join(answers, "; "))
	}
}

func span(low, high aivss.Tenths) string {
	if low == high {
		return low.String()
	}
	return fmt.Sprintf("%v–%v", low, high)
}
