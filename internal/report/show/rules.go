package show

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
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
func RulesText(w io.Writer, rules []Listed, o print.Options) error {
	paint, wide := print.New(o).Styled, 0
	for _, r := range rules {
		wide = max(wide, print.Width(print.Clean(r.ID)))
	}
	var out bytes.Buffer
	for _, r := range rules {
		severity, changed := string(r.Effective), ""
		if r.Action != "enforce" {
			severity = r.Action
		}
		if r.SetBy != "" {
			changed = fmt.Sprintf(" (%s, %s by default)", print.Clean(r.SetBy), r.Severity)
		}
		fmt.Fprintf(&out, "%s  %-11s  %s  %s%s\n", print.Pad(print.Clean(r.ID), wide), r.Kind, paint(severity, fmt.Sprintf("%-8s", severity)), print.Clean(r.Title), changed)
	}
	fmt.Fprintf(&out, "%d rules; audition explain RULE tells one\n", len(rules))
	_, err := w.Write(out.Bytes())
	return err
}

// RulesJSON lists rules with all their metadata.
func RulesJSON(w io.Writer, rules []Listed) error { return print.Encode(w, rules) }

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
			fmt.Fprintf(&out, "| [%s](%s) | %s | %s | %s | %s |\n", print.Clean(r.ID), print.Clean(r.File), r.Kind, r.Severity, r.Possible, print.Clean(r.Title))
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
func Coverage(w io.Writer, t maestro.Taxonomy, rules []maestro.Rule, o print.Options) error {
	p := print.New(o)
	p.Line("", p.Styled("bold", fmt.Sprintf("%s, %s", t.Title, t.Version)))
	p.Line("", t.URL)
	p.Line("", "")
	ids, covered, wide := slices.Sorted(maps.Keys(t.IDs)), 0, 0
	for _, id := range ids {
		wide = max(wide, print.Width(id))
	}
	for _, id := range ids {
		cited := maestro.Cited(rules, id)
		if len(cited) > 0 {
			covered++
		}
		p.Line("  ", fmt.Sprintf("%s  %3d  %s", print.Pad(id, wide), len(cited), t.IDs[id]))
	}
	p.Line("", "")
	p.Line("", fmt.Sprintf("%d of %d ids are cited", covered, len(ids)))
	return p.Flush(w)
}
