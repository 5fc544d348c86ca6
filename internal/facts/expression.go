package facts

import (
	"slices"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
)

// expression is what has to hold of a profile, in the form of estimates.yaml: one
// field is set.
type expression struct {
	all, any []expression
	not      *expression
	// fact is a leaf of the vocabulary that has one of the values.
	fact *factIs
	// tool is one tool of which all of this holds.
	tool []factIs
	// attested are ids of attestations, one of which is held.
	attested []string
	// derived is the name of a derived fact.
	derived string
	// condition is the place of a condition among those of the table, from 1.
	condition int
	// subjects are ids, one of which the subject has.
	subjects []string
}

// factIs says that a fact has one of some values; a list, that it has one of them.
// Of a tool the pointer is the name of the field.
type factIs struct {
	pointer string
	values  []any
}

// scene is a profile and what holds of it.
type scene struct {
	profile    *profile.Profile
	derived    map[string]Claim
	conditions []state
	// settled are the conditions with what is not known taken for what is more common.
	settled []state
}

// state is a condition of a profile: whether it holds, and the share in hundredths
// of those that say no more for which it does.
type state struct {
	Claim
	about string
	prior int
}

// share is how far the condition counts: in full, in part where it is not known.
func (s state) share() int {
	switch s.Value {
	case Yes:
		return 100
	case Undisclosed:
		return s.prior
	}
	return 0
}

// claims tells whether an expression holds.
func (s scene) claims(e expression) Claim {
	of := func(list []expression) []Claim {
		out := make([]Claim, 0, len(list))
		for _, e := range list {
			out = append(out, s.claims(e))
		}
		return out
	}
	switch {
	case e.all != nil:
		return and(of(e.all)...)
	case e.any != nil:
		return or(of(e.any)...)
	case e.not != nil:
		return lacking(s.claims(*e.not))
	case e.fact != nil:
		return s.fact(e.fact.pointer, e.fact.values)
	case e.tool != nil:
		return some(s.profile.Facts.Tools, func(t tool) Claim {
			at := t.ID.Pointer[:len(t.ID.Pointer)-len("id")]
			out := make([]Claim, 0, len(e.tool))
			for _, f := range e.tool {
				out = append(out, s.fact(at+f.pointer, f.values))
			}
			return and(out...)
		})
	case e.attested != nil:
		return some(s.profile.Facts.Compliance.Certifications, func(c profile.Certification) Claim { return is(c.ID, e.attested...) })
	case e.derived != "":
		return s.derived[e.derived]
	case e.condition > 0:
		return s.conditions[e.condition-1].Claim
	}
	return Claim{Value: truth(slices.Contains(e.subjects, s.profile.Subject().ID))}
}

// reads are JSON pointers of what the expression reads, of a list also whether it is
// complete, and the places of the conditions that it knows.
func (e expression) reads() (out []string, conditions []int) {
	parts := slices.Concat(e.all, e.any)
	if e.not != nil {
		parts = append(parts, *e.not)
	}
	for _, of := range parts {
		facts, known := of.reads()
		out, conditions = append(out, facts...), append(conditions, known...)
	}
	switch {
	case e.fact != nil:
		out = []string{e.fact.pointer, e.fact.pointer + "_complete"}
	case e.tool != nil:
		out = []string{"/tools", "/tools_complete"}
	case e.attested != nil:
		out = []string{"/compliance/certifications", "/compliance/certifications_complete"}
	case e.derived != "":
		out = []string{"/derived/" + e.derived}
	case e.condition > 0:
		conditions = []int{e.condition - 1}
	}
	return out, conditions
}

// fact claims that a fact has one of the values. An open list cannot deny it.
func (s scene) fact(pointer string, values []any) Claim {
	v, disclosed := s.profile.Lookup(pointer)
	list, isList := v.([]any)
	switch {
	case !disclosed:
		moot, _ := s.profile.Moot(pointer)
		return silent(moot.By, pointer, values...)
	case !isList:
		return claim(truth(slices.Contains(values, v)), pointer)
	}
	var has []Claim
	for i, item := range list {
		if slices.Contains(values, item) {
			has = append(has, claim(Yes, document.JoinIndex(pointer, i)))
		}
	}
	complete := pointer + "_complete"
	closed, _ := s.profile.Lookup(complete)
	switch {
	case has != nil:
		return or(has...)
	case closed == true:
		return claim(No, complete)
	}
	return claim(Undisclosed, complete)
}

// likely tells whether an expression over conditions holds when what is not known
// is taken for what is more common.
func (s scene) likely(e expression) bool {
	return scene{profile: s.profile, conditions: s.settled}.claims(e).Value == Yes
}
