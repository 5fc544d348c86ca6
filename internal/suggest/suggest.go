// Package suggest finds what somebody probably meant.
package suggest

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Limits on what is compared and listed. Candidates may come from a document,
// in any number and of any length.
const (
	maxWord     = 100
	maxCompared = 1000
	maxListed   = 40
	maxBytes    = 1500
)

// Closest returns the candidate that word is most likely a misspelling of, or
// "" when none is near. Equally near candidates are decided by spelling order.
// Among very many nothing is looked for.
func Closest(word string, candidates []string) string {
	if len(word) > maxWord || len(candidates) > maxCompared {
		return ""
	}
	nearest := 1 // how far a candidate may be; short words are too alike
	if len(word) > 3 {
		nearest = max(2, len(word)/3)
	}
	best, least := "", nearest+1
	length := utf8.RuneCountInString(word)
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := utf8.RuneCountInString(c) - length; d > nearest || d < -nearest {
			continue // at least as far as their lengths
		}
		d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(c))
		if d < least {
			best, least = c, d
		}
	}
	return best
}

// DidYouMean returns `, did you mean "…"?` or, when nothing is near, the list of
// candidates as `, expected one of …`, cut when it is long; without candidates
// "". What also names may be meant, and is not listed.
func DidYouMean(word string, candidates []string, also ...string) string {
	if c := Closest(word, append(slices.Clone(candidates), also...)); c != "" {
		return fmt.Sprintf(", did you mean %q?", c)
	}
	listed, size := 0, 0
	for listed < min(len(candidates), maxListed) {
		if size += len(candidates[listed]); size > maxBytes {
			break
		}
		listed++
	}
	if listed == 0 {
		return ""
	}
	list := ", expected one of " + strings.Join(candidates[:listed], ", ")
	if more := len(candidates) - listed; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return list
}
