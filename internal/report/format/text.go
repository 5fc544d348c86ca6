// Package format prints verdicts, a file for each format but HTML.
package format

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

// Text prints verdicts for a person: one in full, several in short with a
// summary at the end.
func Text(w io.Writer, verdicts []*verdict.Verdict, o print.Options) error {
	all := print.New(o)
	for _, v := range verdicts {
		p := verdictText{all, v}
		p.Headline(v)
		if len(verdicts) > 1 {
			p.reasons(3)
			p.Line("", "")
			continue
		}
		p.reasons(len(v.Reasons))
		p.configured()
		p.Factors(v.Score)
		p.layers()
		p.findings()
		p.waivers()
		p.questions()
	}
	if len(verdicts) > 1 {
		summary(all, verdicts)
	}
	return all.Flush(w)
}

// summary is a line for each agent, in the order of the inputs.
func summary(p *print.Printer, verdicts []*verdict.Verdict) {
	wide := 0
	for _, v := range verdicts {
		wide = max(wide, len([]rune(print.Clean(v.Subject.Name))))
	}
	for _, v := range verdicts {
		p.Line("", fmt.Sprintf("%s  %4v %-8s  %-*s  %s", p.Styled(string(v.Decision), fmt.Sprintf("%-7s", v.Decision)),
			v.Score.AIVSS, v.Score.Severity, wide, print.Clean(v.Subject.Name), print.Clean(v.Subject.Source)))
	}
	p.Line("", fmt.Sprintf("%d agents; check one alone for its factors, layers and findings", len(verdicts)))
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
		p.Reason(r)
	}
	if more > 0 {
		p.Line("  ", fmt.Sprintf("and %d more", more))
	}
	if others > 0 {
		p.Line("  ", fmt.Sprintf("and %d more that ask for a review", others))
	}
	if known > 0 {
		p.Line("  ", fmt.Sprintf("and %d known since %s, which fail nothing", known, print.Clean(p.v.Enforcement.NewSince)))
	}
}

func (p verdictText) layers() {
	p.Heading("Layers")
	for _, l := range p.v.Layers {
		p.Line("  ", print.Clean(fmt.Sprintf("%s %-27s %-9s %d of %d facts disclosed", l.ID, l.Title, l.Tag, l.Disclosed, l.Applicable)))
		p.Wrapped("     ", 5, l.Commentary)
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
	if len(p.v.Questions) == 0 {
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
}

// question prints a fact and what each answer leads to.
func (p verdictText) question(q verdict.Question) {
	var answers []string
	for _, a := range q.Answers {
		answers = append(answers, fmt.Sprintf("%s → %s, %s", print.Value(a.Value), a.Decision, print.Span(a.Low, a.High)))
	}
	p.Wrapped("  - ", 4, print.Path(q.Fact)+": "+strings.Join(answers, "; "))
}
