package print

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Encode prints indented JSON with & and < as they are.
func Encode(w io.Writer, v any) error { return EncodeIndented(w, v, "  ") }

// EncodeIndented is Encode with an indent of its own; without any, JSON is a line.
func EncodeIndented(w io.Writer, v any, indent string) error {
	text, err := Encoded(v, "", indent)
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// Encoded is indented JSON without a line end, whose lines but the first begin with
// prefix.
func Encoded(v any, prefix, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent(prefix, indent)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return Visible(bytes.TrimRight(b.Bytes(), "\n"), func(r rune) string {
		if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
			return fmt.Sprintf(`\u%04x\u%04x`, high, low)
		}
		return fmt.Sprintf(`\u%04x`, r)
	}), nil
}

// Array prints the items of a JSON array one by one, as Encode prints all of them.
type Array struct {
	w      io.Writer
	indent string
	n      int
}

// NewArray begins an array in a document in which it has an indent.
func NewArray(w io.Writer, indent string) *Array { return &Array{w: w, indent: indent} }

// Add prints an item.
func (a *Array) Add(item any) error {
	begin := ",\n"
	if a.n == 0 {
		begin = "[\n"
	}
	a.n++
	text, err := Encoded(item, a.indent+"  ", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.w, "%s%s  %s", begin, a.indent, text)
	return err
}

// Close ends the array, without a line end.
func (a *Array) Close() error {
	end := "[]"
	if a.n > 0 {
		end = "\n" + a.indent + "]"
	}
	_, err := io.WriteString(a.w, end)
	return err
}

// Visible writes the hidden characters of a text, which all stand in quotes, as
// escapes. It changes no line end.
func Visible(text []byte, escape func(rune) string) []byte {
	out, from := text[:0:0], 0
	for i := 0; i < len(text); {
		if c := text[i]; c >= ' ' && c < 0x7f || c == '\n' { // most of it
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if Hidden(r) {
			out = append(append(out, text[from:i]...), escape(r)...)
			from = i + size
		}
		i += size
	}
	if from == 0 {
		return text
	}
	return append(out, text[from:]...)
}

// Marshal is json.Marshal that leaves & as it is.
func Marshal(v any) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return []byte(strings.TrimSpace(b.String())), err
}
