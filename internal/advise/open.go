package advise

import (
	"slices"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// Open returns the pointers of the facts whose disclosure could change the verdict on a
// profile: those of its questions, the greatest effect first, then those without which
// the configuration lets nobody approve, and those that findings name and no list of
// values answers, such as the name of the model.
func Open(a *assess.Assessor, p *profile.Profile, v *verdict.Verdict) (out []string) {
	for _, q := range v.Questions {
		out = append(out, q.Fact)
	}
	add := func(fact string) {
		_, disclosed := p.Lookup(fact)
		if !disclosed && profile.IsFact(fact) && facts.Applies(a.Framework(), p, fact) && !slices.Contains(out, fact) {
			out = append(out, fact)
		}
	}
	for _, entry := range a.Config().Floor {
		for _, fact := range entry {
			add(fact)
		}
	}
	for _, finding := range v.Findings {
		for _, f := range finding.Facts {
			if of, _ := profile.TypeOf(f.Pointer); finding.Counts() && (of.Type == "string" || of.Type == "integer") && len(of.Values) == 0 {
				add(f.Pointer)
			}
		}
	}
	return out
}
