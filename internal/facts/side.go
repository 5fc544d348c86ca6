package facts

import (
	"slices"

	"github.com/audition-dev/audition/internal/profile"
)

// side says whom it speaks for that an expression holds.
type side uint8

const (
	neither side = iota // nobody: it is a constant
	against             // no answer in the subject's favour makes it hold
	favours             // no answer in the subject's favour keeps it from holding
	mixed
)

// opposite is the side of the denial.
func (s side) opposite() side {
	switch s {
	case against:
		return favours
	case favours:
		return against
	}
	return s
}

// with is the side of a conjunction or a disjunction.
func (s side) with(t side) side {
	switch {
	case s == neither:
		return t
	case t == neither || s == t:
		return s
	}
	return mixed
}

// unsteady are derived facts that a disclosure can turn from yes to no; no interval
// may build on them.
var unsteady = []string{"external_communication", "customer_data"}

// sideOf tells the side of an expression over conditions whose sides are known.
func sideOf(e expression, known []condition) side {
	together := func(list []expression) (out side) {
		for _, e := range list {
			out = out.with(sideOf(e, known))
		}
		return out
	}
	switch {
	case e.all != nil:
		return together(e.all)
	case e.any != nil:
		return together(e.any)
	case e.not != nil:
		return sideOf(*e.not, known).opposite()
	case e.fact != nil:
		return e.fact.side("")
	case e.tool != nil:
		out := against // that there is a tool
		for _, f := range e.tool {
			out = out.with(f.side("/tools/0/"))
		}
		return out
	case e.attested != nil:
		return favours
	case e.condition > 0:
		return known[e.condition-1].side
	case e.derived != "":
		return against
	}
	return neither
}

// side compares the values with those that speak for the subject.
func (f factIs) side(within string) side {
	of, _ := profile.TypeOf(within + f.pointer)
	switch of.Safer.Direction {
	case profile.Less:
		return against
	case profile.More:
		return favours
	case profile.Neither:
		return mixed
	}
	switch favoured := of.Safer.Values; {
	case !slices.ContainsFunc(f.values, of.Safer.Favours):
		return against
	case !slices.ContainsFunc(favoured, func(v any) bool { return !slices.Contains(f.values, v) }):
		return favours
	}
	return mixed
}
