package show

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// Page is everything there is to say about one rule.
type Page struct {
	Rule maestro.Rule `json:"rule"`
	// Source is the Rego of the rule.
	Source string `json:"source"`
	// Bad and Good are the least inputs on which it fires and does not.
	Bad  any `json:"bad,omitempty"`
	Good any `json:"good,omitempty"`
	// References are titles by id.
	References map[string]string `json:"references"`
	// Severity tells how the rule came to its severity, its metadata first.
	Severity []Step `json:"severity"`
	// Explanation is about one agent, if one was given.
	Explanation *verdict.Explanation `json:"explanation,omitempty"`
}

// Step is one thing that was said of a rule's severity, and where.
type Step struct {
	Text   string `json:"text"`
	SetBy  string `json:"set_by"`
	Reason string `json:"reason,omitempty"`
}

// PageJSON prints a page for machines.
func PageJSON(w io.Writer, page Page) error { return print.Encode(w, page) }

// PageText prints a page for a person. File names the profile.
func PageText(w io.Writer, page Page, file string, o print.Options) error {
	p, r := print.New(o), page.Rule
	p.Line("", p.Styled("bold", print.Clean(r.ID))+"  "+print.Clean(r.Title))
	possible := ""
	if r.Possible != "" {
		possible = ", " + string(r.Possible) + " when only possible"
	}
	p.Line("", fmt.Sprintf("%s, %s%s; layers %s", r.Kind, r.Severity, possible, strings.Join(r.Layers, ", ")))
	p.Line("", "")
	p.Wrapped("", 0, r.Description)
	if len(page.Severity) > 1 {
		p.Heading("Its severity, step by step")
		for _, s := range page.Severity {
			p.Wrapped("  - ", 4, strings.TrimSuffix(fmt.Sprintf("%s: %s; %s", s.SetBy, s.Text, s.Reason), "; "))
		}
	}
	if page.Explanation != nil {
		printExplanation(p, page.Explanation, file)
		if len(page.Explanation.Findings) > 0 {
			printRemedy(p, r, page.Explanation, file)
		}
	} else {
		printRule(p, page)
	}
	return p.Flush(w)
}

// printRule prints source, examples, remedy and references.
func printRule(p *print.Printer, page Page) {
	p.Heading("When it fires (" + print.Clean(page.Rule.File) + ")")
	for _, l := range strings.Split(page.Source, "\n") {
		tabs := len(l) - len(strings.TrimLeft(l, "\t"))
		p.Line("  "+l[:tabs], print.Clean(l[tabs:]))
	}
	for _, example := range []struct {
		title string
		input any
	}{{"Fires on", page.Bad}, {"Stays silent on", page.Good}} {
		if example.input != nil {
			text, _ := json.Marshal(example.input)
			p.Heading(example.title)
			p.Wrapped("  ", 2, strings.NewReplacer(`,"`, `, "`, `":`, `": `).Replace(string(text)))
		}
	}
	p.Heading("What to do")
	p.Wrapped("  ", 2, page.Rule.Remediation)
	if len(page.Rule.Threats) > 0 {
		p.Heading("MAESTRO threats")
		p.Wrapped("  ", 2, strings.Join(page.Rule.Threats, "; "))
	}
	if len(page.Rule.References) > 0 {
		p.Heading("References")
		for _, id := range page.Rule.References {
			p.Wrapped("  ", 2, id+" "+page.References[id])
		}
	}
}

// printExplanation prints why the rule fires on an agent, or does not.
func printExplanation(p *print.Printer, x *verdict.Explanation, file string) {
	switch {
	case x.NotApplicable:
		p.Heading("It does not apply to " + print.Clean(file))
	case len(x.Findings) == 0:
		p.Heading("It does not fire on " + print.Clean(file))
	default:
		p.Heading("It fires on " + print.Clean(file))
	}
	for _, f := range x.Findings {
		p.Finding(f, file, true)
		if f.SuppressedBy != "" {
			p.Line("           ", "suppressed by "+f.SuppressedBy)
		}
		if f.WaivedBy != "" {
			p.Line("           ", "waived by "+print.Clean(f.WaivedBy))
		}
	}
	p.Heading("What it reads")
	for _, b := range x.Reads {
		at := ""
		if b.Line > 0 {
			at = fmt.Sprintf("%s:%d ", cmp.Or(b.Source, file), b.Line)
		}
		p.Wrapped("  ", 2, at+print.Path(b.Fact)+": "+b.Text)
	}
	if len(x.Would) > 0 {
		p.Heading("What would change it")
		for _, w := range x.Would {
			instead := ""
			if w.Line > 0 {
				instead = fmt.Sprintf(" instead of %s", print.Value(w.Now))
			}
			p.Wrapped("  - ", 4, fmt.Sprintf("%s: %s%s → %s", print.Path(w.Fact), print.Value(w.Value), instead, w.Then))
		}
	}
}

// printRemedy prints what to do about a rule that fires, and what the profile may say
// then. It is for who writes that to know whether it is so.
func printRemedy(p *print.Printer, r maestro.Rule, x *verdict.Explanation, file string) {
	p.Heading("What to do")
	p.Wrapped("  ", 2, r.Remediation)
	for _, w := range x.Would {
		switch {
		case !w.Settles:
		case w.Line > 0:
			p.Wrapped("  - ", 4, fmt.Sprintf("once it is so, %s:%d: %s", file, w.Line, print.Declaration(w.Fact, w.Value)))
		default:
			p.Wrapped("  - ", 4, fmt.Sprintf("if it is so, declare %s", print.Declaration(w.Fact, w.Value)))
		}
	}
}
