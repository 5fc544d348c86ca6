// Package text prints verdicts for a person: one on a screen or with all there is of it,
// several in short.
package text

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// The law of this format: the decision first, then why, then the rest in the
// order of a reader's questions. One idea a line, at most width columns where
// words allow it; a place is file:line, a fact its path. Whatever a profile says
// is printed without control characters.

// verdictText prints one verdict.
type verdictText struct {
	*print.Printer
	v *verdict.Verdict
}

// text prints verdicts for a person: one in full, several in short with a
// summary at the end, and before all of it what could not be judged. It holds what
// it will print, and the first verdict until there is a second.
type text struct {
	w     io.Writer
	o     print.Options
	first *verdict.Verdict
	short *print.Printer
	rows  []textRow
	open  print.Unjudged
}

// textRow is an agent in the summary.
type textRow struct{ decision, score, name, why, source string }

// Document is the format for a person.
func Document(w io.Writer, o print.Options) print.Writer {
	return &text{w: w, o: o, short: print.New(o)}
}

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
	t.rows = append(t.rows, textRow{string(v.Decision), fmt.Sprintf("%4v %-8s", v.Score.AIVSS, v.Score.Severity), print.Clean(v.Subject.Name), print.Why(v), print.Clean(v.Subject.Source)})
	return nil
}

func (t *text) Undecided(u verdict.Undecided) error {
	t.open = append(t.open, u)
	return nil
}

// brief prints an agent among several.
func (t *text) brief(v *verdict.Verdict) {
	verdictText{t.short, v}.decision()
	t.short.Line("", "")
}

func (t *text) Close() error {
	p := print.New(t.o)
	if said := t.open.Said(); said != "" {
		p.Line("", p.Styled("reject", "UNDECIDED")+"  "+said)
		for _, u := range t.open {
			p.Wrapped("  - ", 4, u.Place()+": "+u.Message)
		}
		if len(t.rows) > 0 {
			p.Line("", "")
		}
	}
	switch {
	case t.first == nil:
	case t.o.Details:
		verdictText{p, t.first}.agent()
	default:
		verdictText{p, t.first}.screen()
	}
	if err := p.Flush(t.w); err != nil || len(t.rows) < 2 {
		return err
	}
	t.summary()
	return t.short.Flush(t.w)
}

// agent prints all that text says of one agent.
func (p verdictText) agent() {
	p.Headline(p.v)
	p.reasons(len(p.v.Reasons))
	p.remedies()
	p.configured()
	p.Factors(p.v.Score)
	p.layers()
	p.inapplicable()
	p.findings()
	p.waivers()
	p.questions()
}

// summary is a line for each agent, in the order of the inputs.
func (t *text) summary() {
	p, wide, why := t.short, 0, 0
	for _, r := range t.rows {
		wide, why = max(wide, print.Width(r.name)), max(why, print.Width(r.why))
	}
	for _, r := range t.rows {
		p.Line("", fmt.Sprintf("%s  %s  %s  %s  %s", p.Styled(r.decision, fmt.Sprintf("%-7s", r.decision)), r.score, print.Pad(r.why, why), print.Pad(r.name, wide), r.source))
	}
	p.Line("", fmt.Sprintf("%d agents; check one alone for what would change its decision", len(t.rows)))
}

// reasons tells up to most of the reasons for the decision.
func (p verdictText) reasons(most int) {
	if len(p.v.Reasons) == 0 {
		p.Heading("No gate objects.")
		return
	}
	p.Heading("Why " + string(p.v.Decision))
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
		p.Reason(p.v, r)
	}
	switch {
	case more > 0 && others > 0:
		p.Line("  ", fmt.Sprintf("and %d more, and %d that ask for a review", more, others))
	case more > 0:
		p.Line("  ", fmt.Sprintf("and %d more", more))
	case others > 0:
		p.Line("  ", fmt.Sprintf("and %d more that ask for a review", others))
	}
	if known > 0 {
		p.Line("  ", fmt.Sprintf("and %d known since %s, which fail nothing", known, print.Clean(print.Since(p.v))))
	}
}

func (p verdictText) layers() {
	p.Heading("Layers")
	for _, l := range p.v.Layers {
		covered := print.Coverage(l)
		if covered != "" {
			covered += " facts disclosed"
		}
		p.Line("  ", print.Clean(fmt.Sprintf("%s %s %-9s %s", l.ID, print.Pad(print.Clean(l.Title), 27), print.Tag(l), covered)))
		p.Wrapped("     ", 5, l.Commentary)
	}
}

// inapplicable tells what does not apply to whom was judged, and why.
func (p verdictText) inapplicable() {
	all := print.InapplicableOf(p.v)
	if len(all) == 0 {
		return
	}
	p.Heading("Not applicable")
	for _, n := range all {
		p.Wrapped("  - ", 4, fmt.Sprintf("%s: %s (%s)", strings.Join(n.Facts, ", "), n.Because, n.Said))
	}
	if rules := p.v.Rules.NotApplicable; len(rules) > 0 {
		p.Wrapped("  - ", 4, "rules with nothing to say: "+strings.Join(rules, ", "))
	}
}

func (p verdictText) findings() {
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
			p.Heading(section.title)
		}
		for _, f := range shown {
			p.Finding(f, p.v.Subject.Source, section.facts)
		}
	}
}

func (p verdictText) questions() {
	unasked := print.Unasked(p.v)
	if len(p.v.Questions) == 0 && unasked == "" {
		return
	}
	p.Heading("What to disclose next")
	for i, q := range p.v.Questions {
		if i == print.MaxQuestions {
			p.Line("  ", fmt.Sprintf("and %d more in the JSON verdict", len(p.v.Questions)-print.MaxQuestions))
			break
		}
		p.question(q)
	}
	if unasked != "" {
		p.Line("  ", unasked)
	}
}

// question prints a fact and what each answer leads to.
func (p verdictText) question(q verdict.Question) {
	var answers []string
	for _, a := range q.Answers {
		if print.Changes(p.v, a) {
			answers = append(answers, print.Answer(a))
		}
	}
	p.Wrapped("  - ", 4, print.Path(q.Fact)+": "+strings.Join(answers, "; "))
}
