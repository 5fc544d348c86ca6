package print

import (
	"fmt"
	"strings"
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
