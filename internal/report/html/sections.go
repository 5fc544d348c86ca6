package html

import (
	"fmt"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// contentsEntry is an entry of the table of contents.
type contentsEntry struct {
	ID, Title string
	Count     int
}

// Contents are the sections of the page, in order.
func (p *page) Contents() []contentsEntry {
	return []contentsEntry{
		{"fixes", "What would change it", 0}, {"reasons", "What it rests on", len(p.Reasons)},
		{"layers", "Layers", len(p.Layers)}, {"findings", "Findings", len(p.Findings)},
		{"waivers", "Waivers", len(p.Waivers)}, {"configuration", "Configuration", len(p.Configuration.Changes)}, {"questions", "Questions", len(p.Questions)},
		{"score", "Score", 0}, {"factors", "Factors", 0}, {"cvss", "CVSS base", 0},
		{"rules", "Rules", 0}, {"record", "Record", 0}, {"glossary", "Words", 0},
	}
}

// Glossary are the words that the page explains.
func (p *page) Glossary() []print.Term { return print.Glossary() }

// Turning are answers with which an agent that is approved would not be.
func (p *page) Turning() []string {
	const most = 5
	out, more := print.Turning(p.Verdict, most)
	if more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return out
}

// Derived tells whether a part of the score came from facts.
func (p *page) Derived(part string) bool { return slices.Contains(p.Score.Derived, part) }

// findingGroup are findings of which those in More are folded.
type findingGroup struct {
	Title, Note    string
	N              int
	Findings, More []pageFinding
}

// FindingGroups are the findings as the other formats group them, then those that
// do not count. Gaps that no gate asks about are folded, and what needs no action.
func (p *page) FindingGroups() []findingGroup {
	groups := []findingGroup{
		{Title: "Weaknesses and combinations"},
		{Title: "Gaps", Note: "What is not disclosed and should be."},
		{Title: "Strengths"},
		{Title: "Waived", Note: "Accepted by somebody, until a day; they count for nothing until then."},
		{Title: "Said more precisely", Note: "Another finding says the same more precisely; these count for nothing."},
	}
	for _, f := range p.findings {
		i, folded := 0, false
		switch {
		case f.WaivedBy != "":
			i = 3
		case f.SuppressedBy != "":
			i, folded = 4, true
		case f.Kind == maestro.Gap:
			i, folded = 1, !p.asked(f.Finding)
		case f.Kind == maestro.Strength:
			i, folded = 2, true
		}
		groups[i].N++
		if folded {
			groups[i].More = append(groups[i].More, f)
		} else {
			groups[i].Findings = append(groups[i].Findings, f)
		}
	}
	return slices.DeleteFunc(groups, func(g findingGroup) bool { return g.N == 0 })
}

// asked tells whether a gate gives a finding as a reason.
func (p *page) asked(f verdict.Finding) bool {
	return slices.ContainsFunc(p.Reasons, func(r verdict.Reason) bool { return r.Rule == f.Rule && r.Term == f.Term })
}

// Strength tells whether the finding is a control in the agent's favour.
func (f pageFinding) Strength() bool { return f.Kind == maestro.Strength }

// Possible tells whether a control is undisclosed.
func (f pageFinding) Possible() bool { return f.Status == maestro.Possible }

// Standing is how certain the finding is: its status, of a strength its assurance.
func (f pageFinding) Standing() string {
	if f.Strength() {
		return f.Assurance
	}
	return string(f.Status)
}

// hit is a finding as a layer lists it.
type hit struct {
	Severity     maestro.Severity
	Text, Anchor string
}

// Hits are the findings and strengths of a layer, in its order, a rule once. What
// another finding covers is not among them.
func (p *page) Hits(l verdict.Layer) []hit {
	var out []hit
	for _, rule := range append(slices.Clone(l.Findings), l.Strengths...) {
		var first *pageFinding
		n := 0
		for i, f := range p.findings {
			if f.Rule != rule || f.SuppressedBy != "" {
				continue
			}
			if n++; n == 1 {
				first = &p.findings[i]
			}
		}
		if first == nil {
			continue
		}
		text := first.Title
		if n > 1 {
			text += fmt.Sprintf(", %d times", n)
		}
		switch {
		case first.WaivedBy != "":
			text += " (waived)"
		case first.Possible():
			text += " (possible)"
		}
		out = append(out, hit{first.Severity, text, first.ID})
	}
	return out
}

type pageQuestion struct {
	Fact, Text string
	Answers    []pageAnswer
}

type pageAnswer struct {
	Value, Span             string
	Decision                verdict.Decision
	Added, Changed, Removed effect
}

// effect is what an answer does to findings.
type effect struct {
	Verb string
	Refs []ref
}

func (p *page) questions(questions []verdict.Question) []pageQuestion {
	var out []pageQuestion
	for _, q := range questions {
		one := pageQuestion{Fact: q.Fact, Text: q.Text}
		for _, a := range q.Answers {
			one.Answers = append(one.Answers, pageAnswer{print.Value(a.Value), print.Span(a.Low, a.High), a.Decision,
				effect{"adds", p.refs(a.Added)}, effect{"changes", p.refs(a.Changed)}, effect{"removes", p.refs(a.Removed)}})
		}
		out = append(out, one)
	}
	return out
}

// FirstQuestions are those with the greatest effect.
func (p *page) FirstQuestions() []pageQuestion {
	return p.questions(p.Questions[:min(len(p.Questions), print.MaxQuestions)])
}

// MoreQuestions are the others.
func (p *page) MoreQuestions() []pageQuestion {
	return p.questions(p.Questions[min(len(p.Questions), print.MaxQuestions):])
}

type ruleList struct {
	Title string
	Rules []ref
}

// RuleLists say what became of every rule.
func (p *page) RuleLists() []ruleList {
	r := p.Rules
	return []ruleList{
		{"fired", p.refs(r.Fired)}, {"ran and stayed silent", p.refs(r.Silent)},
		{"not applicable: they have nothing to say of whom was judged", p.refs(r.NotApplicable)},
		{"waived", p.refs(r.Waived)}, {"warn only, by configuration", p.refs(r.Warn)}, {"off, by configuration", p.refs(r.Off)},
		{"gates off", p.refs(r.GatesOff)},
	}
}

// slug makes a name safe for an id or a file: small letters and digits of ASCII,
// and a hyphen for anything between.
func slug(name string) string {
	const most = 60
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	s := strings.Join(words, "-")
	return strings.Trim(s[:min(len(s), most)], "-")
}
