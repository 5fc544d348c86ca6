package html

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// page is a verdict as the templates see it.
type page struct {
	*verdict.Verdict
	// InSite tells that an index stands beside the page.
	InSite bool
	// Open are the inputs beside it that could not be judged.
	Open     print.Unjudged
	CSP      string
	Style    template.CSS
	findings []pageFinding
	// anchors are the ids of findings by their name, and by their rule.
	anchors map[string]string
}

// pageFinding is a finding as the templates see it.
type pageFinding struct {
	verdict.Finding
	// ID is its anchor.
	ID     string
	Places evidence
	By     ref
	Waiver *verdict.Waiver
}

// ref names a finding or a rule; Anchor is "" where the page has none of it.
type ref struct{ Name, Anchor string }

// evidence is facts and where they stand.
type evidence struct {
	Disclosed         []evidenceItem
	Undisclosed, Moot string
}

type evidenceItem struct{ Path, Value, Where string }

func newPage(v *verdict.Verdict, inSite bool) *page {
	style := embedded().pageStyle
	p := &page{Verdict: v, InSite: inSite, CSP: security(style, ""), Style: template.CSS(style), anchors: map[string]string{}}
	taken := map[string]bool{}
	for _, f := range v.Findings {
		id := "f-" + slug(f.Name())
		for n := 2; taken[id]; n++ {
			id = fmt.Sprintf("f-%s-%d", slug(f.Name()), n)
		}
		taken[id] = true
		for _, name := range []string{f.Name(), f.Rule} {
			if p.anchors[name] == "" {
				p.anchors[name] = id
			}
		}
		p.findings = append(p.findings, pageFinding{Finding: f, ID: id, Places: p.places(f.Facts), Waiver: print.WaiverOf(v, f)})
	}
	for i, f := range p.findings {
		p.findings[i].By = p.ref(f.SuppressedBy)
	}
	return p
}

func (p *page) render() ([]byte, error) { return render("page", p) }

func (p *page) ref(name string) ref { return ref{name, p.anchors[name]} }

func (p *page) refs(names []string) []ref {
	var out []ref
	for _, n := range names {
		out = append(out, p.ref(n))
	}
	return out
}

func (p *page) places(facts []verdict.Fact) evidence {
	var out evidence
	var open, moot []string
	for _, f := range facts {
		switch {
		case f.Disclosed:
			out.Disclosed = append(out.Disclosed, evidenceItem{print.Path(f.Pointer), literal(f.Value), fmt.Sprintf("%s:%d:%d", cmp.Or(f.Source, p.Subject.Source), f.Line, f.Column)})
		case f.Moot:
			moot = append(moot, print.Path(f.Pointer))
		default:
			open = append(open, print.Path(f.Pointer))
		}
	}
	out.Undisclosed, out.Moot = strings.Join(open, ", "), strings.Join(moot, ", ")
	return out
}

// literal prints the value of a fact: a word as it is, anything else as JSON.
func literal(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	text, err := print.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}

// Heading is what people call the agent.
func (p *page) Heading() string { return cmp.Or(p.Subject.Title, p.Subject.Name) }

// Meaning says what the decision is and on how many reasons it rests.
func (p *page) Meaning() string {
	number, known := map[verdict.Decision]int{}, 0
	for _, r := range p.Reasons {
		number[r.Decision]++
		if r.Known {
			known++
		}
	}
	why := ", for " + print.Count(number[p.Decision], "reason")
	switch {
	case p.Decision == verdict.Approve:
		return "No gate objects to this agent."
	case p.Decision == verdict.Review:
		why = "The gates ask for a review by a person" + why
	case number[verdict.Review] == 0:
		why = "The gates reject this agent" + why
	default:
		why = fmt.Sprintf("The gates reject this agent%s; %d more ask for a review", why, number[verdict.Review])
	}
	switch {
	case known == 1:
		why += "; 1 is known since " + p.since() + " and fails nothing"
	case known > 1:
		why += fmt.Sprintf("; %d are known since %s and fail nothing", known, p.since())
	}
	return why + "."
}

// since is what known reasons are known since.
func (p *page) since() string { return print.Since(p.Verdict) }

type reasonGroup struct {
	Title   string
	Reasons []pageReason
}

type pageReason struct {
	Message, Gate string
	// Driven says of a score what drives it.
	Driven string
	Ref    ref
	// Facts are those of a reason that no finding on the page stands behind.
	Facts *evidence
}

// ReasonGroups are the reasons of the decision, then those that are less strict,
// then those that are known.
func (p *page) ReasonGroups() []reasonGroup {
	groups := []reasonGroup{{}, {Title: "Also asking for a review"}, {Title: "Known since " + p.since()}}
	for _, r := range p.Reasons {
		one := pageReason{Message: r.Message, Ref: p.ref(verdict.Finding{Rule: r.Rule, Term: r.Term}.Name())}
		if r.Gate != "gate" {
			one.Gate = r.Gate
		}
		if one.Driven = capital(print.Driven(p.Verdict, r)); one.Driven == "" && one.Ref.Anchor == "" && len(r.Facts) > 0 {
			places := p.places(r.Facts)
			one.Facts = &places
		}
		i := 0
		switch {
		case r.Known:
			i = 2
		case r.Decision != p.Decision:
			i = 1
		}
		groups[i].Reasons = append(groups[i].Reasons, one)
	}
	return slices.DeleteFunc(groups, func(g reasonGroup) bool { return len(g.Reasons) == 0 })
}

// severityCount is how many findings of a severity count.
type severityCount struct {
	Severity maestro.Severity
	N        int
}

// Counts are the severities of the findings that count, the worst first.
func (p *page) Counts() []severityCount {
	var out []severityCount
	for _, s := range maestro.Severities() {
		n := 0
		for _, f := range p.Findings {
			if f.Counts() && f.Severity == s {
				n++
			}
		}
		if n > 0 {
			out = append(out, severityCount{s, n})
		}
	}
	return out
}

// Mapped counts the layers that a fact pins.
func (p *page) Mapped() int {
	n := 0
	for _, l := range p.Layers {
		if l.Tag == verdict.Mapped {
			n++
		}
	}
	return n
}

// Waived counts the waived findings.
func (p *page) Waived() int {
	n := 0
	for _, f := range p.Findings {
		if f.WaivedBy != "" {
			n++
		}
	}
	return n
}

// Inapplicable is what does not apply to whom was judged, and why.
func (p *page) Inapplicable() []print.Inapplicable { return print.InapplicableOf(p.Verdict) }

// Declared counts what the profile declares not applicable.
func (p *page) Declared() (n int) {
	for _, m := range p.NotApplicable {
		if m.By == verdict.ByProfile {
			n++
		}
	}
	return n
}

// Laxer says what can make the verdict laxer than the default, and what was decided
// about its score; "" for nothing.
func (p *page) Laxer() string {
	var what []string
	n := 0
	for _, c := range p.Configuration.Changes {
		if c.Looser {
			n++
		}
	}
	if n > 0 {
		what = append(what, print.Count(n, "setting"))
	}
	if n := p.Waived(); n > 0 {
		what = append(what, print.Count(n, "waived finding"))
	}
	if !p.Subject.IsAgent() {
		what = append(what, "judged as "+p.Subject.KindTitle)
	}
	if n := p.Declared(); n > 0 {
		what = append(what, print.Count(n, "fact")+" declared not applicable")
	}
	said := print.Decided(p.Verdict)
	if len(what) > 0 {
		said = append([]string{"Laxer than the default: " + print.And(what)}, said...)
	}
	if len(said) == 0 {
		return ""
	}
	return capital(strings.Join(said, ". ")) + "."
}
