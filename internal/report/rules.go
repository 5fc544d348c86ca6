package report

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/audition-dev/audition/internal/maestro"
)

// Listed is a rule and what the configuration makes of it.
type Listed struct {
	maestro.Rule
	// Effective is the severity of a confirmed finding, and Action what follows.
	Effective maestro.Severity `json:"effective_severity"`
	Action    string           `json:"action"`
	// SetBy is where a configuration changed one of the two, "" where none did.
	SetBy string `json:"set_by,omitempty"`
}

// RulesText lists rules for a person, a line each.
func RulesText(w io.Writer, rules []Listed, o Options) error {
	paint, wide := painter(o.Color), 0
	for _, r := range rules {
		wide = max(wide, len(r.ID))
	}
	var out bytes.Buffer
	for _, r := range rules {
		severity, changed := string(r.Effective), ""
		if r.Action != "enforce" {
			severity = r.Action
		}
		if r.SetBy != "" {
			changed = fmt.Sprintf(" (%s, %s by default)", clean(r.SetBy), r.Severity)
		}
		fmt.Fprintf(&out, "%-*s  %-11s  %s  %s%s\n", wide, r.ID, r.Kind, paint(severity, fmt.Sprintf("%-8s", severity)), clean(r.Title), changed)
	}
	fmt.Fprintf(&out, "%d rules; audition explain RULE tells one\n", len(rules))
	_, err := w.Write(out.Bytes())
	return err
}

// RulesJSON lists rules with all their metadata.
func RulesJSON(w io.Writer, rules []Listed) error { return encode(w, rules) }

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
	p := newPrinter(o)
	p.line("", p.styled("bold", fmt.Sprintf("%s, %s", t.Title, t.Version)))
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
	return p.flush(w)
}
