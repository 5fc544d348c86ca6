package print

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Width is how many columns a terminal takes for s: two for a wide character, none
// for one that combines with what stands before it. Escape sequences have no place
// in s.
func Width(s string) int { return uniseg.StringWidth(s) }

// Pad fills s with spaces up to a number of columns. What is wider stays as it is.
func Pad(s string, columns int) string { return s + strings.Repeat(" ", max(columns-Width(s), 0)) }
