package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// encode prints indented JSON with & and < as they are.
func encode(w io.Writer, v any) error { return encodeIndented(w, v, "  ") }

func encodeIndented(w io.Writer, v any, indent string) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", indent)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(visible(b.Bytes(), func(r rune) string {
		if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
			return fmt.Sprintf(`\u%04x\u%04x`, high, low)
		}
		return fmt.Sprintf(`\u%04x`, r)
	}))
	return err
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

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON prints the members in order.
func (o object) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, m := range o {
		if i > 0 {
			out = append(out, ',')
		}
		name, err := marshal(m.name)
		if err != nil {
			return nil, err
		}
		value, err := marshal(m.value)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, name...), ':'), value...)
	}
	return append(out, '}'), nil
}

// marshal is json.Marshal that leaves & as it is.
func marshal(v any) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return []byte(strings.TrimSpace(b.String())), err
}
