package print

import (
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/verdict"
)

// Turns says what would have to be so. What nobody declares is not said to be so: it
// is to be declared if it is.
func Turns(turns []verdict.Turn) string {
	var open, change []string
	for _, t := range turns {
		switch {
		case t.Line > 0:
			change = append(change, fmt.Sprintf("%s: %s from %s to %s", Line(t.Source, t.Line), Path(t.Fact), Value(t.Now), Value(t.Value)))
		default:
			open = append(open, Path(t.Fact)+": "+Value(t.Value))
		}
	}
	var out []string
	if len(change) > 0 {
		out = append(out, And(change))
	}
	if len(open) > 0 {
		out = append(out, "if it is so, declare "+And(open))
	}
	return Capital(strings.Join(out, "; "))
}

// Leads says to which score a remedy leads, with those before it, and to how many
// reasons.
func Leads(r verdict.Remedy) string {
	said := scored(r)
	if r.Reasons > 0 {
		said += ", " + Count(r.Reasons, "reason") + " left"
	}
	return said
}

func scored(r verdict.Remedy) string {
	if r.Low == r.High {
		return r.AIVSS.String()
	}
	return fmt.Sprintf("%v (%s)", r.AIVSS, Span(r.Low, r.High))
}

// Settles names the rule that a remedy is of, and counts what else it settles.
func Settles(r verdict.Remedy) string {
	if r.Rule == "" {
		return ""
	}
	said := strings.TrimSpace(r.Rule + " " + r.Term)
	if n := len(r.Settles) - 1; n > 0 {
		said += fmt.Sprintf(" and %d more", n)
	}
	return said
}

// Driven says what drives the score that a reason is about, and what would lower it; ""
// for any other reason.
func Driven(v *verdict.Verdict, r verdict.Reason) string {
	var facts, out []string
	for _, f := range r.Facts {
		if f.Disclosed {
			facts = append(facts, fmt.Sprintf("%s (%s)", Path(f.Pointer), Line(f.Source, f.Line)))
		}
	}
	switch r.About {
	case "score":
		if len(facts) > 0 {
			out = append(out, "driven by "+And(facts))
		}
		if a := v.Advice; a != nil && a.Lowers != nil {
			out = append(out, fmt.Sprintf("it would be %v with %s", a.Lowers.AIVSS, answers(a.Lowers.Facts)))
		}
	case "score_high":
		if fact, a := bounds(v); a.High < v.Score.High {
			out = append(out, fmt.Sprintf("it would be at most %v with %s: %s", a.High, Path(fact), Value(a.Value)))
		}
	case "score_unmitigated":
		out = append(out, "settled by attested evidence of them where assurance.minimum is attested, or by an assessment")
	}
	return strings.Join(out, "; ")
}

// bounds is the answer after which the score may be least high, and its fact.
func bounds(v *verdict.Verdict) (fact string, least verdict.Answer) {
	least.High = v.Score.High
	for _, q := range v.Questions {
		for _, a := range q.Answers {
			if a.High < least.High {
				fact, least = q.Fact, a
			}
		}
	}
	return fact, least
}

func answers(turns []verdict.Turn) string {
	var out []string
	for _, t := range turns {
		out = append(out, Path(t.Fact)+": "+Value(t.Value))
	}
	return And(out)
}

// mostTold is how many facts and reasons Way names.
const mostTold = 3

// Way says whether disclosure alone reaches approval, and where it does not what has
// to change instead and which reasons stay even then. It is "" without advice.
func Way(v *verdict.Verdict) string {
	a := v.Advice
	switch {
	case a == nil:
		return ""
	case a.Disclosed.Decision == verdict.Approve:
		return fmt.Sprintf("Disclosure alone can reach approve (%s), if what is open speaks for it.", Span(a.Disclosed.Low, a.Disclosed.High))
	case a.Changed == nil && len(a.Disclosed.Reasons) >= len(v.Reasons):
		return "No disclosure alone reaches approve, nor does a change of what is declared of its controls." + attested(v.Reasons)
	case a.Changed == nil:
		return "No disclosure alone reaches approve, nor does a change of what is declared of its controls; what stays: " + stays(a.Disclosed) + "." + attested(a.Disclosed.Reasons)
	}
	var change []string
	for _, t := range a.Change {
		change = append(change, fmt.Sprintf("%s to %s (%s)", Path(t.Fact), Value(t.Value), Line(t.Source, t.Line)))
	}
	if n := len(change); n > mostTold+1 {
		change = append(change[:mostTold:mostTold], fmt.Sprintf("%d more", n-mostTold))
	}
	said := fmt.Sprintf("No disclosure alone reaches approve. What must change instead, together: %s → %s (%s)",
		And(change), a.Changed.Decision, Span(a.Changed.Low, a.Changed.High))
	if a.Changed.Decision != verdict.Approve {
		said += "; what stays: " + stays(*a.Changed)
	}
	return said + "."
}

// attested says, as a sentence after a space, what settles reasons of which the only one
// is that nobody attested the controls; "" for others.
func attested(reasons []verdict.Reason) string {
	if len(reasons) != 1 || reasons[0].About != "score_unmitigated" {
		return ""
	}
	return " What settles it is attested evidence of the controls, or an assessment."
}

// stays names the first reason that stays and counts the others.
func stays(r verdict.Reach) string {
	if len(r.Reasons) == 0 {
		return "nothing"
	}
	said := strings.TrimSuffix(r.Reasons[0].Message, ".")
	if n := len(r.Reasons) - 1; n > 0 {
		said += fmt.Sprintf(", and %d more", n)
	}
	return said
}

// Turning are answers to what is open that make the decision stricter, a line each,
// and how many more there are.
func Turning(v *verdict.Verdict, most int) (out []string, more int) {
	for _, q := range v.Questions {
		for _, a := range q.Answers {
			switch {
			case !a.Decision.Stricter(v.Decision):
			case len(out) == most:
				more++
			default:
				out = append(out, fmt.Sprintf("%s: %s → %s, %s", Path(q.Fact), Value(a.Value), a.Decision, Span(a.Low, a.High)))
			}
		}
	}
	return out, more
}

// Tally counts in a line what a first screen leaves out.
func Tally(v *verdict.Verdict) string {
	by, gaps, strengths := map[maestro.Severity]int{}, 0, 0
	for _, f := range v.Findings {
		switch {
		case f.Kind == maestro.Strength:
			strengths++
		case f.Counts() && f.Kind == maestro.Gap:
			gaps++
		case f.Counts():
			by[f.Severity]++
		}
	}
	var severities []string
	for _, s := range maestro.Severities() {
		if by[s] > 0 {
			severities = append(severities, fmt.Sprintf("%d %s", by[s], s))
		}
	}
	mapped := 0
	for _, l := range v.Layers {
		if l.Tag == verdict.Mapped {
			mapped++
		}
	}
	out := []string{"no finding"}
	if len(severities) > 0 {
		out[0] = strings.Join(severities, ", ")
	}
	out = append(out, Count(gaps, "gap"), Count(strengths, "strength"), fmt.Sprintf("%d of %d layers mapped", mapped, len(v.Layers)))
	if n := len(v.Questions); n > 0 {
		out = append(out, Count(n, "open question"))
	}
	due := 0
	for _, w := range v.Waivers {
		if w.State != "active" {
			due++
		}
	}
	if due > 0 {
		out = append(out, Count(due, "waiver")+" to look at")
	}
	if n := len(v.Discounted); n > 0 {
		out = append(out, Count(n, "fact")+" without the evidence that is demanded")
	}
	return strings.Join(out, "; ")
}

// Changes tells whether an answer leads anywhere: to another decision, interval or
// findings.
func Changes(v *verdict.Verdict, a verdict.Answer) bool {
	return a.Decision != v.Decision || a.Low != v.Score.Low || a.High != v.Score.High || len(a.Added)+len(a.Removed)+len(a.Changed) > 0
}

// Capital writes a text with a capital first letter.
func Capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
