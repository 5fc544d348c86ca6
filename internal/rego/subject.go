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
	content map[string]any
	// The profile, what is derived, and the profile with what is derived.
	plain, conclusions, both *value.Value
}

// NewSubject prepares a profile and what was derived from it.
func NewSubject(p *profile.Profile, d facts.Derived) (Subject, error) { return Subject{}.Again(p, d) }

// Again is NewSubject where the profile may be the one before with some changes: what
// these leave alone is not prepared again.
func (s Subject) Again(p *profile.Profile, d facts.Derived) (next Subject, err error) {
	next = Subject{profile: p, derived: d, content: p.Input()}
	if next.plain, err = value.Again(next.content, s.content, s.plain); err != nil {
		return next, err
	}
	if next.conclusions, err = value.From(d.Input()); err != nil {
		return next, err
	}
	var a value.Arena
	next.both = a.Copy(next.plain)
	a.Insert(next.both, a.String("derived"), next.conclusions)
	return next, nil
}

// Input is what rules read.
func (s Subject) Input() *value.Value { return s.both }
