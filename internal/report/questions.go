package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/verdict"
)

// Advice is the questions about an agent and the way to approval.
type Advice struct {
	Decision  verdict.Decision   `json:"decision"`
	Questions []verdict.Question `json:"questions"`
	Path      *verdict.Path      `json:"path"`
}

// AdviceJSON prints advice for machines.
func AdviceJSON(w io.Writer, a Advice) error { return encode(w, a) }

// AdviceText prints advice for a person: the way first, then every question.
func AdviceText(w io.Writer, v *verdict.Verdict, way *verdict.Path, o Options) error {
	p := newPrinter(o)
	p.headline(v)
	switch {
	case v.Decision == verdict.Approve:
		p.heading("The agent is approved as it is.")
	case way.Decision == verdict.Approve:
		p.heading(fmt.Sprintf("These disclosures reach approve (%s); none of them can be left out:", span(way.Low, way.High)))
		for _, d := range way.Disclose {
			p.wrapped("  - ", 4, path(d.Fact)+": "+value(d.Value))
		}
	default:
		p.heading(fmt.Sprintf("No disclosure that was tried reaches approve; the best is %s (%s). What must change instead:", way.Decision, span(way.Low, way.High)))
		for _, r := range way.Obstacles {
			p.reason(r)
		}
	}
	if len(v.Questions) > 0 {
		p.heading("Questions, the greatest effect first")
	}
	for _, q := range v.Questions {
		p.wrapped("  - ", 4, path(q.Fact)+": "+q.Text)
		for _, a := range q.Answers {
			text := fmt.Sprintf("%s → %s, %s", value(a.Value), a.Decision, span(a.Low, a.High))
			for _, change := range []struct {
				word  string
				rules []string
			}{{"adds", a.Added}, {"changes", a.Changed}, {"removes", a.Removed}} {
				if len(change.rules) > 0 {
					text += "; " + change.word + " " + strings.Join(change.rules, ", ")
				}
			}
			p.wrapped("      ", 6, text)
		}
	}
	return p.flush(w)
}
