package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/verdict"
)

// RulesText lists rules for a person, a line each.
func RulesText(w io.Writer, rules []maestro.Rule, o Options) error {
	paint, wide := painter(o.Color), 0
	for _, r := range rules {
		wide = max(wide, len(r.ID))
	}
	var out bytes.Buffer
	for _, r := range rules {
		fmt.Fprintf(&out, "%-*s  %-11s  %s  %s\n", wide, r.ID, r.Kind, paint(string(r.Severity), fmt.Sprintf("%-8s", r.Severity)), clean(r.Title))
	}
	fmt.Fprintf(&out, "%d rules; audition explain RULE tells one\n", len(rules))
	_, err := w.Write(out.Bytes())
	return err
}

// RulesJSON lists rules with all their metadata.
func RulesJSON(w io.Writer, rules []maestro.Rule) error { return encode(w, rules) }

// RulesMarkdown lists rules as the index of policies/README.md does.
func RulesMarkdown(w io.Writer, f *maestro.Framework, rules []maestro.Rule) error {
	var out bytes.Buffer
	section := func(layer, title string) {
		begun := false
		for _, r := range rules {
			if r.Layer != layer {
				continue
			}
			if !begun {
				fmt.Fprintf(&out, "\n## %s %s\n\n| rule | kind | severity | possible | finds |\n| --- | --- | --- | --- | --- |\n", layer, title)
				begun = true
			}
			possible := string(r.Possible)
			if r.Kind == maestro.Gap || r.Kind == maestro.Strength {
				possible = ""
			}
			fmt.Fprintf(&out, "| [%s](%s) | %s | %s | %s | %s |\n", r.ID, r.File, r.Kind, r.Severity, possible, clean(r.Title))
		}
	}
	for _, l := range f.Layers {
		section(l.ID, l.Title)
	}
	section(maestro.CrossLayer, "Several layers")
	_, err := w.Write(bytes.TrimPrefix(out.Bytes(), []byte("\n")))
	return err
}

// Coverage prints which ids of a taxonomy the rules refer to.
func Coverage(w io.Writer, t maestro.Taxonomy, rules []maestro.Rule, o Options) error {
	p := printer{paint: painter(o.Color), out: &bytes.Buffer{}}
	p.line("", p.paint("bold", fmt.Sprintf("%s, %s", t.Title, t.Version)))
	p.line("", t.URL)
	p.line("", "")
	ids, covered, wide := slices.Sorted(maps.Keys(t.IDs)), 0, 0
	for _, id := range ids {
		wide = max(wide, len(id))
	}
	for _, id := range ids {
		cited := maestro.Cited(rules, id)
		if len(cited) > 0 {
			covered++
		}
		p.line("  ", fmt.Sprintf("%-*s  %3d  %s", wide, id, len(cited), t.IDs[id]))
	}
	p.line("", "")
	p.line("", fmt.Sprintf("%d of %d ids are cited", covered, len(ids)))
	_, err := w.Write(p.out.Bytes())
	return err
}

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
	// Explanation is about one agent, if one was given.
	Explanation *verdict.Explanation `json:"explanation,omitempty"`
}

// PageJSON prints a page for machines.
func PageJSON(w io.Writer, page Page) error { return encode(w, page) }

// PageText prints a page for a person. File names the profile.
func PageText(w io.Writer, page Page, file string, o Options) error {
	p, r := printer{paint: painter(o.Color), out: &bytes.Buffer{}}, page.Rule
	p.line("", p.paint("bold", r.ID)+"  "+clean(r.Title))
	possible := ""
	if r.Kind == maestro.Weakness || r.Kind == maestro.Combination {
		possible = ", " + string(r.Possible) + " when only possible"
	}
	p.line("", fmt.Sprintf("%s, %s%s; layers %s", r.Kind, r.Severity, possible, strings.Join(r.Layers, ", ")))
	p.line("", "")
	p.wrapped("", 0, r.Description)
	if page.Explanation != nil {
		p.explanation(page.Explanation, file)
	} else {
		p.rule(page)
	}
	_, err := w.Write(p.out.Bytes())
	return err
}

// rule prints source, examples, remedy and references.
func (p *printer) rule(page Page) {
	p.heading("When it fires (" + clean(page.Rule.File) + ")")
	for _, l := range strings.Split(page.Source, "\n") {
		tabs := len(l) - len(strings.TrimLeft(l, "\t"))
		p.line("  "+l[:tabs], clean(l[tabs:]))
	}
	for _, example := range []struct {
		title string
		input any
	}{{"Fires on", page.Bad}, {"Stays silent on", page.Good}} {
		if example.input != nil {
			text, _ := json.Marshal(example.input)
			p.heading(example.title)
			p.wrapped("  ", 2, strings.NewReplacer(`,"`, `, "`, `":`, `": `).Replace(string(text)))
		}
	}
	p.heading("What to do")
	p.wrapped("  ", 2, page.Rule.Remediation)
	if len(page.Rule.Threats) > 0 {
		p.heading("MAESTRO threats")
		p.wrapped("  ", 2, strings.Join(page.Rule.Threats, "; "))
	}
	if len(page.Rule.References) > 0 {
		p.heading("References")
		for _, id := range page.Rule.References {
			p.wrapped("  ", 2, id+" "+page.References[id])
		}
	}
}

// explanation prints why the rule fires on an agent, or does not.
func (p *printer) explanation(x *verdict.Explanation, file string) {
	p.v = &verdict.Verdict{Subject: verdict.Subject{Source: file}}
	if len(x.Findings) == 0 {
		p.heading("It does not fire on " + clean(file))
	} else {
		p.heading("It fires on " + clean(file))
	}
	for _, f := range x.Findings {
		p.finding(f, true)
		if f.SuppressedBy != "" {
			p.line("           ", "suppressed by "+f.SuppressedBy)
		}
	}
	p.heading("What it reads")
	for _, b := range x.Reads {
		at := ""
		if b.Line > 0 {
			at = fmt.Sprintf("%s:%d ", file, b.Line)
		}
		p.wrapped("  ", 2, at+path(b.Fact)+": "+b.Text)
	}
	if len(x.Would) > 0 {
		p.heading("What would change it")
		for _, w := range x.Would {
			p.wrapped("  - ", 4, fmt.Sprintf("%s: %s → %s", path(w.Fact), value(w.Value), w.Then))
		}
	}
}

// value prints an answer. A list is complete; an empty one is a declared none.
func value(v any) string {
	list, isList := v.([]any)
	switch {
	case !isList:
		return fmt.Sprint(v)
	case len(list) == 0:
		return "none"
	}
	return strings.Trim(fmt.Sprint(list), "[]") + " and nothing else"
}
