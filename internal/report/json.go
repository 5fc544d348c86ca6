package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/audition-dev/audition/internal/verdict"
)

// jsonDocument prints one verdict as it is; several, or one beside what could not be
// judged, as a VerdictList. The schema of a verdict is
// policies/schema/verdict.jsonschema. It holds the first verdict until it knows.
type jsonDocument struct {
	w     io.Writer
	first *verdict.Verdict
	items *array // of a list that is begun
	open  open
}

func newJSON(w io.Writer, _ Options) Writer { return &jsonDocument{w: w} }

func (d *jsonDocument) Write(v *verdict.Verdict) error {
	if d.items == nil && d.first == nil {
		d.first = v
		return nil
	}
	if err := d.list(); err != nil {
		return err
	}
	return d.items.add(v)
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
	d.items = &array{w: d.w, indent: "  "}
	if _, err := fmt.Fprintf(d.w, "{\n  \"apiVersion\": %q,\n  \"kind\": %q,\n  \"items\": ", verdict.APIVersion, verdict.Kind+"List"); err != nil || d.first == nil {
		return err
	}
	first := d.first
	d.first = nil
	return d.items.add(first)
}

func (d *jsonDocument) Close() error {
	if d.first != nil {
		return encode(d.w, d.first)
	}
	if err := d.list(); err != nil {
		return err
	}
	if err := d.items.close(); err != nil {
		return err
	}
	end := "\n}\n"
	if len(d.open) > 0 {
		text, err := encoded(d.open, "  ", "  ")
		if err != nil {
			return err
		}
		end = fmt.Sprintf(",\n  \"undecided\": %s%s", text, end)
	}
	_, err := io.WriteString(d.w, end)
	return err
}

// encode prints indented JSON with & and < as they are.
func encode(w io.Writer, v any) error { return encodeIndented(w, v, "  ") }

func encodeIndented(w io.Writer, v any, indent string) error {
	text, err := encoded(v, "", indent)
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// encoded is JSON whose lines but the first begin with prefix.
func encoded(v any, prefix, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent(prefix, indent)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return visible(bytes.TrimRight(b.Bytes(), "\n"), func(r rune) string {
		if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
			return fmt.Sprintf(`\u%04x\u%04x`, high, low)
		}
		return fmt.Sprintf(`\u%04x`, r)
	}), nil
}

// visible writes the hidden characters of a text, which all stand in quotes, as
// escapes. It changes no line end.
func visible(text []byte, escape func(rune) string) []byte {
	out := text[:0:0]
	for rest := text; len(rest) > 0; {
		i := bytes.IndexFunc(rest, func(r rune) bool { return r != '\n' && hidden(r) })
		if i < 0 {
			return append(out, rest...)
		}
		r, size := utf8.DecodeRune(rest[i:])
		out = append(append(out, rest[:i]...), escape(r)...)
		rest = rest[i+size:]
	}
	return out
}
