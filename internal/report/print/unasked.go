package print

import "github.com/audition-dev/audition/internal/verdict"

// Unasked says that not all questions were asked, "" where they were.
func Unasked(v *verdict.Verdict) string {
	if v.Unasked == 0 {
		return ""
	}
	return Count(v.Unasked, "further fact") + " not tried, which would have taken long; audition questions tries more"
}
