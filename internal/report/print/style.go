package print

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/audition-dev/audition/internal/document"
)

// Path writes a JSON pointer as people do.
func Path(pointer string) string { return document.PathOf(pointer) }

// Hidden tells of a character that could move a cursor, forge a line or hide
// text.
func Hidden(r rune) bool { return !unicode.IsPrint(r) }

// Clean makes text of a profile safe to print: control characters, which could
// move a cursor or forge a line, are shown as escapes.
func Clean(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, Hidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !Hidden(r):
			b.WriteRune(r)
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		default:
			fmt.Fprintf(&b, "\\u%04x", r)
		}
	}
	return b.String()
}

// painter returns a function that styles text, or leaves it alone.
func painter(color bool) func(style, s string) string {
	codes := map[string]string{
		"bold": "1", "approve": "1;32", "review": "1;33", "reject": "1;31",
		"None": "32", "Low": "32", "Medium": "33", "High": "31", "Critical": "1;31",
		"critical": "1;31", "high": "31", "medium": "33", "low": "36", "info": "36", "credit": "32",
	}
	return func(style, s string) string {
		if code := codes[style]; color && code != "" {
			return "\x1b[" + code + "m" + s + "\x1b[0m"
		}
		return s
	}
}
