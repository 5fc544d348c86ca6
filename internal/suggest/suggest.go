// Package suggest finds what somebody probably meant.
package suggest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Closest returns the candidate that word is most likely a misspelling of, or
// "" when none is near. Equally near candidates are decided by spelling order.
func Closest(word string, candidates []string) string {
	if len(word) > 100 {
		return ""
	}
	nearest := 1 // how far a candidate may be; short words are too alike
	if len(word) > 3 {
		nearest = max(2, len(word)/3)
	}
	best, least := "", nearest+1
	sorted := slices.Sorted(slices.Values(candidates))
	for _, c := range sorted {
		d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(c))
		if d < least {
			best, least = c, d
		}
	}
	return best
}

// DidYouMean returns `, did you mean "…"?` or, when nothing is near, the list of
// candidates as `, expected one of …`. What also names may be meant, and is not
// listed.
func DidYouMean(word string, candidates []string, also ...string) string {
	if c := Closest(word, append(slices.Clone(candidates), also...)); c != "" {
		return fmt.Sprintf(", did you mean %q?", c)
	}
	return ", expected one of " + strings.Join(candidates, ", ")
}
