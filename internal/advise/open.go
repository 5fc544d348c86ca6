package advise

import (
	"slices"

	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// Open returns the pointers of the facts whose disclosure could change a verdict: those
// of its questions, the greatest effect first, then those that a reason misses and those
// that its findings name and no list of values answers, such as the name of the model.
func Open(v *verdict.Verdict) (out []string) {
	for _, q := range v.Questions {
		out = append(out, q.Fact)
	}
	add := func(f verdict.Fact) {
		if !f.Disclosed && !f.Moot && profile.IsFact(f.Pointer) && !slices.Contains(out, f.Pointer) {
			out = append(out, f.Pointer)
		}
	}
	for _, r := range v.Reasons {
		for _, f := range r.Facts {
			add(f)
		}
	}
	for _, finding := range v.Findings {
		for _, f := range finding.Facts {
			if of, _ := profile.TypeOf(f.Pointer); finding.Counts() && (of.Type == "string" || of.Type == "integer") && len(of.Values) == 0 {
				add(f)
			}
		}
	}
	return out
}
