package print

import (
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/verdict"
)

// Loosened says, a line each, what can make a verdict laxer than the defaults would:
// settings, gates and rules that a configuration changed, what was decided about the
// score so that it is lower, then waivers in force, with what they cover, then what
// does not apply to whom was judged.
func Loosened(v *verdict.Verdict) []string { return append(Laxer(v), Apart(v)...) }

// Laxer is what of [Loosened] people decided who judge.
func Laxer(v *verdict.Verdict) []string {
	var out []string
	for _, c := range v.Configuration.Changes {
		if c.Looser {
			out = append(out, Looser(c))
		}
	}
	out = append(out, Decided(v)...)
	var order []string
	covers := map[string][]string{}
	for _, f := range v.Findings {
		if f.WaivedBy == "" {
			continue
		}
		by := Acceptance(v, f)
		if covers[by] == nil {
			order = append(order, by)
		}
		covers[by] = append(covers[by], f.Name())
	}
	for _, by := range order {
		out = append(out, strings.Join(covers[by], ", ")+": "+by)
	}
	return out
}

// Decided says what was decided about the score so that it is lower than by the
// facts, and why an assessment of it does not count.
func Decided(v *verdict.Verdict) (out []string) {
	if a := v.Assessment; a != nil && a.Why != "" {
		out = append(out, fmt.Sprintf("the assessment of %s (%s:%d) does not count: %s", a.Assessor, a.Source, a.Line, a.Why))
	}
	s := v.Score
	if s.ByFacts == nil {
		return out
	}
	var said []string
	for _, d := range s.Decided {
		said = append(said, fmt.Sprintf("%s %s by %s", d.What, d.Value, d.Who()))
	}
	return append(out, fmt.Sprintf("score %v, at most %v, by its facts %v, at most %v: %s", s.AIVSS, s.High, s.ByFacts.AIVSS, s.ByFacts.High, strings.Join(said, ", ")))
}

// Looseness is what was loosened for several agents, and for how many.
type Looseness struct {
	order  []string
	agents map[string]int
	more   int
}

// maxLoose is how many things Looseness tells apart.
const maxLoose = 50

// Add tells what was loosened for an agent.
func (l *Looseness) Add(v *verdict.Verdict) {
	for _, said := range Loosened(v) {
		switch {
		case l.agents[said] > 0:
		case len(l.order) == maxLoose:
			l.more++
			continue
		case l.agents == nil:
			l.agents = map[string]int{}
			fallthrough
		default:
			l.order = append(l.order, said)
		}
		l.agents[said]++
	}
}

// Said is a line for each thing that was loosened for some of all agents.
func (l *Looseness) Said(all int) []string {
	var out []string
	for _, said := range l.order {
		if n := l.agents[said]; n < all {
			said = fmt.Sprintf("for %d of %d agents, %s", n, all, said)
		}
		out = append(out, said)
	}
	if l.more > 0 {
		out = append(out, fmt.Sprintf("and %d more", l.more))
	}
	return out
}

// Looser words a change that can make a verdict laxer. Whether another formula or
// set of factors does depends on the agent: such a setting has no stricter side.
func Looser(c verdict.Change) string {
	said := "loosened: "
	if c.Setting == "scoring.formula" || c.Setting == "scoring.factor_set" {
		said = "changed, may loosen: "
	}
	return said + change(c)
}

func change(c verdict.Change) string {
	from := ""
	if c.From != "" {
		from = c.From + " → "
	}
	rules := ""
	switch {
	case len(c.Rules) == 1:
		rules = ", 1 rule"
	case len(c.Rules) > 1:
		rules = fmt.Sprintf(", %d rules", len(c.Rules))
	}
	return strings.TrimSuffix(fmt.Sprintf("%s: %s%s (%s%s): %s", c.Setting, from, c.To, c.SetBy, rules, c.Reason), ": ")
}

// LooseHead stands before what can make a verdict laxer, in Markdown.
const LooseHead = "**Loosened**, so that it can be milder than by default:"
