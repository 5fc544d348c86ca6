package print

import (
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/verdict"
)

// MaxQuestions is how many questions a verdict shows as text.
const MaxQuestions = 5

// Count is a number and what is counted.
func Count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// And puts words together.
func And(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// Value prints an answer. A list is complete; an empty one is a declared none.
func Value(v any) string {
	list, isList := v.([]any)
	switch {
	case !isList:
		return fmt.Sprint(v)
	case len(list) == 0:
		return "none"
	}
	return strings.Trim(fmt.Sprint(list), "[]") + " and nothing else"
}

// Answer says what an answer leads to: decision, interval, and how many findings it
// adds, takes away or changes.
func Answer(a verdict.Answer) string {
	said := fmt.Sprintf("%s → %s, %s", Value(a.Value), a.Decision, Span(a.Low, a.High))
	var findings []string
	for _, of := range []struct {
		n    int
		what string
	}{{len(a.Removed), "fewer"}, {len(a.Added), "more"}, {len(a.Changed), "changed"}} {
		if of.n > 0 {
			findings = append(findings, fmt.Sprintf("%d %s", of.n, of.what))
		}
	}
	if len(findings) > 0 {
		said += ", findings: " + strings.Join(findings, ", ")
	}
	return said
}

// Declaration is what a profile says in YAML where a fact has a value. An item of a
// list is named, since its place in the file is known.
func Declaration(pointer string, value any) string {
	keys := document.Split(pointer)
	text, last := Value(value), len(keys)-1
	said := keys[last] + ": " + text
	if list, isList := value.([]any); isList {
		text = "[" + strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ", "), "[]") + "]"
		said = fmt.Sprintf("%s: %s, %s_complete: true", keys[last], text, keys[last])
	}
	for i := last - 1; i >= 0; i-- {
		if strings.Trim(keys[i], "0123456789") == "" {
			return said + " in " + Path("/"+strings.Join(keys[:i+1], "/"))
		}
		said = keys[i] + ": {" + said + "}"
	}
	return said
}
