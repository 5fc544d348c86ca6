package rego

import (
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego/value"
)

// Subject is an agent as Rego sees it, prepared once for rules and gates.
type Subject struct {
	profile *profile.Profile
	derived facts.Derived
	// The profile, what is derived, and the profile with what is derived.
	plain, conclusions, both *value.Value
}

// NewSubject prepares a profile and what was derived from it.
func NewSubject(p *profile.Profile, d facts.Derived) (Subject, error) {
	s := Subject{profile: p, derived: d}
	var err error
	if s.plain, err = value.From(p.Input()); err != nil {
		return s, err
	}
	if s.conclusions, err = value.From(d.Input()); err != nil {
		return s, err
	}
	var a value.Arena
	s.both = a.Copy(s.plain)
	a.Insert(s.both, a.String("derived"), s.conclusions)
	return s, nil
}

// Input is what rules read.
func (s Subject) Input() *value.Value { return s.both }
