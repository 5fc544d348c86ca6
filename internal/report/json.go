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

// list holds several verdicts in one document.
type list struct {
	APIVersion string             `json:"apiVersion"`
	Kind       string             `json:"kind"`
	Items      []*verdict.Verdict `json:"items"`
}

// jsonDocument prints one verdict as it is and several as a VerdictList. The
// schema is policies/schema/verdict.jsonschema.
func jsonDocument(w io.Writer, verdicts []*verdict.Verdict, _ Options) error {
	if len(verdicts) == 1 {
		return encode(w, verdicts[0])
	}
	return encode(w, list{verdict.APIVersion, verdict.Kind + "List", verdicts})
}

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
