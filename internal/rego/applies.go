package rego

import (
	"fmt"
	"slices"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/suggest"
)

// checkSubjects reports whom a rule names and nobody is.
func checkSubjects(r maestro.Rule) (errs []error) {
	var known []string
	for _, s := range profile.Subjects() {
		known = append(known, s.ID)
	}
	for _, s := range r.Subjects {
		if !slices.Contains(known, s) {
			errs = append(errs, fmt.Errorf("custom.subjects: unknown subject %q%s", s, suggest.DidYouMean(s, known)))
		}
	}
	return errs
}

// exempt tells whether a rule is not about such an agent: of it the rule says only
// what is confirmed.
func exempt(rule *maestro.Rule, p *profile.Profile) bool {
	_, named := p.Exempt(rule.ID)
	return named || len(rule.Subjects) > 0 && !slices.Contains(rule.Subjects, p.Subject().ID)
}

// deciding are the controls that decide between confirmed and possible. Those of a
// weakness that do not apply are none; without any other it is only possible, and
// says nothing. What a combination is made of is stated, so that it stands: that
// somebody else has to control it makes it no less possible.
func (r reader) deciding(controls []string) []string {
	if kept := r.applying(controls); r.rule.Kind == maestro.Weakness && len(kept) > 0 {
		return kept
	}
	return controls
}

// speaks tells whether a finding rests on more than the silence of what does not
// apply, and takes from it what does not.
func (r reader) speaks(f *maestro.Finding) bool {
	if f.Status == maestro.Confirmed && r.rule.Kind != maestro.Gap {
		if r.rule.Kind == maestro.Weakness {
			f.Controls = r.applying(f.Controls)
		}
		return true
	}
	if exempt(r.rule, r.profile) {
		return false
	}
	switch r.rule.Kind {
	case maestro.Weakness:
		f.Controls = r.applying(f.Controls)
		return len(f.Controls) > 0
	case maestro.Gap:
		before := r.undisclosed(f.Facts)
		f.Facts = r.applying(f.Facts)
		return before == 0 || r.undisclosed(f.Facts) > 0
	}
	return true
}

// applying returns the facts that apply.
func (r reader) applying(facts []string) []string {
	return slices.DeleteFunc(slices.Clone(facts), func(fact string) bool { return !r.profile.Applies(fact) })
}

func (r reader) undisclosed(facts []string) (n int) {
	for _, fact := range facts {
		if _, disclosed := r.profile.Lookup(fact); !disclosed {
			n++
		}
	}
	return n
}
