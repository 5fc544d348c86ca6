package facts

import (
	"slices"

	"github.com/audition-dev/audition/internal/profile"
)

// Truth is the value of a claim in Kleene's three-valued logic.
type Truth uint8

const (
	// Undisclosed is neither: the facts do not decide.
	Undisclosed Truth = iota
	No
	Yes
)

// Claim is a conclusion with the facts that made it so. For an undisclosed
// claim these are the facts that could decide it.
type Claim struct {
	Value Truth
	// Because are JSON pointers, sorted and distinct.
	Because []string
}

func claim(v Truth, because ...string) Claim { return Claim{v, because} }

func truth(b bool) Truth {
	if b {
		return Yes
	}
	return No
}

// yes claims that a boolean fact is true.
func yes(f profile.Fact[bool]) Claim {
	if !f.Disclosed {
		return claim(Undisclosed, f.Pointer)
	}
	return claim(truth(f.Value), f.Pointer)
}

// is claims that a fact has one of the values.
func is(f profile.Fact[string], values ...string) Claim {
	if !f.Disclosed {
		return claim(Undisclosed, f.Pointer)
	}
	return claim(truth(slices.Contains(values, f.Value)), f.Pointer)
}

// some claims that some item of a list holds. An open list cannot deny it.
func some[T any](l profile.List[T], holds func(T) Claim) Claim {
	claims := make([]Claim, 0, len(l.Items)+1)
	for _, item := range l.Items {
		claims = append(claims, holds(item))
	}
	switch {
	case l.Closed():
		claims = append(claims, claim(No, l.Complete.Pointer))
	case l.Disclosed:
		claims = append(claims, claim(Undisclosed, l.Complete.Pointer))
	default:
		claims = append(claims, claim(Undisclosed, l.Pointer))
	}
	return or(claims...)
}

// holds claims that a list of values has one of the values.
func holds(l profile.List[profile.Fact[string]], values ...string) Claim {
	return some(l, func(f profile.Fact[string]) Claim { return is(f, values...) })
}

func not(c Claim) Claim {
	switch c.Value {
	case Yes:
		c.Value = No
	case No:
		c.Value = Yes
	}
	return c
}

// or is yes if one claim is, because of those that are; no if all are.
func or(claims ...Claim) Claim {
	v := No
	for _, c := range claims {
		if c.Value == Yes {
			v = Yes
			break
		}
		if c.Value == Undisclosed {
			v = Undisclosed
		}
	}
	return because(v, claims)
}

// and is no if one claim is, because of those that are; yes if all are.
func and(claims ...Claim) Claim {
	v := Yes
	for _, c := range claims {
		if c.Value == No {
			v = No
			break
		}
		if c.Value == Undisclosed {
			v = Undisclosed
		}
	}
	return because(v, claims)
}

// because gathers the reasons of the claims that have the value.
func because(v Truth, claims []Claim) Claim {
	var out []string
	for _, c := range claims {
		if c.Value == v {
			out = append(out, c.Because...)
		}
	}
	slices.Sort(out)
	return Claim{v, slices.Compact(out)}
}
