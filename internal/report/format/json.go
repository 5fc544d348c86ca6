// Package format prints verdicts for machines and for comments, a file for each format.
package format

import (
	"fmt"
	"io"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// jsonDocument prints one verdict as it is; several, or one beside what could not be
// judged, as a VerdictList. The schema of a verdict is
// policies/schema/verdict.jsonschema. It holds the first verdict until it knows.
type jsonDocument struct {
	w     io.Writer
	first *verdict.Verdict
	items *print.Array // of a list that is begun
	open  print.Unjudged
}

func JSON(w io.Writer, _ print.Options) print.Writer { return &jsonDocument{w: w} }

func (d *jsonDocument) Write(v *verdict.Verdict) error {
	if d.items == nil && d.first == nil {
		d.first = v
		return nil
	}
	if err := d.list(); err != nil {
		return err
	}
	return d.items.Add(v)
}

func (d *jsonDocument) Undecided(u verdict.Undecided) error {
	d.open = append(d.open, u)
	return d.list()
}

// list begins a list, if it is not begun.
func (d *jsonDocument) list() error {
	if d.items != nil {
		return nil
	}
	d.items = print.NewArray(d.w, "  ")
	if _, err := fmt.Fprintf(d.w, "{\n  \"apiVersion\": %q,\n  \"kind\": %q,\n  \"items\": ", verdict.APIVersion, verdict.Kind+"List"); err != nil || d.first == nil {
		return err
	}
	first := d.first
	d.first = nil
	return d.items.Add(first)
}

func (d *jsonDocument) Close() error {
	if d.first != nil {
		return print.Encode(d.w, d.first)
	}
	if err := d.list(); err != nil {
		return err
	}
	if err := d.items.Close(); err != nil {
		return err
	}
	end := "\n}\n"
	if len(d.open) > 0 {
		text, err := print.Encoded(d.open, "  ", "  ")
		if err != nil {
			return err
		}
		end = fmt.Sprintf(",\n  \"undecided\": %s%s", text, end)
	}
	_, err := io.WriteString(d.w, end)
	return err
}
