package show

import (
	"fmt"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// Advice is the questions about an agent and the way to approval.
type Advice struct {
	Decision  verdict.Decision   `json:"decision"`
	Questions []verdict.Question `json:"questions"`
	// Unasked counts undisclosed facts that were not tried.
	Unasked int           `json:"questions_unasked,omitempty"`
	Path    *verdict.Path `json:"path"`
	// Change is what would have to be so instead of what is declared, see
	// [verdict.Advice].
	Change []verdict.Turn `json:"change,omitempty"`
}

// AdviceJSON prints advice for machines.
func AdviceJSON(w io.Writer, a Advice) error { return print.Encode(w, a) }

// AdviceText prints advice for a person: the way first, then every question.
func AdviceText(w io.Writer, v *verdict.Verdict, way *verdict.Path, o print.Options) error {
	p := print.New(o)
	p.Headline(v)
	switch {
	case v.Decision == verdict.Approve:
		p.Heading("The agent is approved as it is.")
	case way.Decision == verdict.Approve:
		needed := "none of them can be left out"
		if way.Untried {
			needed = "to find out which can be left out would have taken long"
		}
		p.Heading(fmt.Sprintf("These disclosures reach approve (%s); %s:", print.Span(way.Low, way.High), needed))
		for _, d := range way.Disclose {
			p.Wrapped("  - ", 4, print.Path(d.Fact)+": "+print.Value(d.Value))
		}
	default:
		p.Heading(fmt.Sprintf("No disclosure that was tried reaches approve; the best is %s (%s). What must change instead:", way.Decision, print.Span(way.Low, way.High)))
		for _, r := range way.Obstacles {
			p.Reason(v, r)
		}
		if a := v.Advice; a != nil && a.Changed != nil {
			p.Heading(fmt.Sprintf("With that disclosure these changes, together, lead to %s (%s):", a.Changed.Decision, print.Span(a.Changed.Low, a.Changed.High)))
			for _, t := range a.Change {
				p.Wrapped("  - ", 4, print.Turns([]verdict.Turn{t}))
			}
		}
	}
	if len(v.Questions) > 0 {
		p.Heading("Questions, the greatest effect first")
	}
	for _, q := range v.Questions {
		p.Wrapped("  - ", 4, print.Path(q.Fact)+": "+q.Text)
		for _, a := range q.Answers {
			text := fmt.Sprintf("%s → %s, %s", print.Value(a.Value), a.Decision, print.Span(a.Low, a.High))
			for _, change := range []struct {
				word  string
				rules []string
			}{{"adds", a.Added}, {"changes", a.Changed}, {"removes", a.Removed}} {
				if len(change.rules) > 0 {
					text += "; " + change.word + " " + strings.Join(change.rules, ", ")
				}
			}
			p.Wrapped("      ", 6, text)
		}
	}
	if v.Unasked > 0 {
		p.Heading(print.Count(v.Unasked, "further fact") + " not tried, which would have taken long.")
	}
	return p.Flush(w)
}
