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
	// Moot is none of them: a control that the subject has none of. It decides nothing
	// that other facts can decide.
	Moot
)

// Claim is a conclusion with what made it so.
type Claim struct {
	Value Truth
	// A claim is about a fact, a JSON pointer, or follows from others.
	fact string
	from []Claim
}

func claim(v Truth, fact string) Claim { return Claim{Value: v, fact: fact} }

// Because are the facts that made the claim so, of an undisclosed one those that
// could decide it: JSON pointers, sorted and distinct. They are gathered only here,
// since most claims are never explained.
func (c Claim) Because() []string {
	out := c.gather(nil)
	slices.Sort(out)
	return slices.Compact(out)
}

func (c Claim) gather(into []string) []string {
	if c.fact != "" {
		into = append(into, c.fact)
	}
	for _, of := range c.from {
		into = of.gather(into)
	}
	return into
}

// same tells whether two claims say the same for the same reasons.
func (c Claim) same(d Claim) bool {
	return c.Value == d.Value && c.fact == d.fact && slices.EqualFunc(c.from, d.from, Claim.same)
}

// possible tells whether the claim holds or may hold.
func (c Claim) possible() bool { return c.Value == Yes || c.Value == Undisclosed }

func truth(b bool) Truth {
	if b {
		return Yes
	}
	return No
}

// silent claims that a fact of which nothing is said has one of the values, where
// somebody may say that it does not apply. A risk is not there then. Nor is a
// control that the subject has none of, but nothing follows from that; one that the
// profile declares so is a claim in its favour, worth no more than to claim it.
func silent(moot, pointer string, values ...any) Claim {
	if moot == "" {
		return claim(Undisclosed, pointer)
	}
	of, _ := profile.TypeOf(pointer)
	switch safer := of.Safer.Values; {
	case len(safer) > 0 && !slices.Contains(values, safer[0]):
		return claim(No, pointer)
	case moot == profile.BySubject:
		return claim(Moot, pointer)
	case len(safer) > 0:
		return claim(Yes, pointer)
	}
	return claim(Undisclosed, pointer) // no answer speaks for it
}

// yes claims that a boolean fact is true.
func yes(f profile.Fact[bool]) Claim {
	if !f.Disclosed {
		return silent(f.Moot, f.Pointer, true)
	}
	return claim(truth(f.Value), f.Pointer)
}

// is claims that a fact has one of the values.
func is(f profile.Fact[string], values ...string) Claim {
	if !f.Disclosed && f.Moot == "" {
		return claim(Undisclosed, f.Pointer)
	}
	if !f.Disclosed {
		asked := make([]any, len(values))
		for i, v := range values {
			asked[i] = v
		}
		return silent(f.Moot, f.Pointer, asked...)
	}
	return claim(truth(slices.Contains(values, f.Value)), f.Pointer)
}

// some claims that some item of a list holds. An open list cannot deny it.
func some[T any](l profile.List[T], holds func(T) Claim) Claim {
	var any disjunction
	for _, item := range l.Items {
		any.add(holds(item))
	}
	switch {
	case l.Closed():
		any.add(claim(No, l.Complete.Pointer))
	case l.Disclosed:
		any.add(claim(Undisclosed, l.Complete.Pointer))
	case l.Moot != "":
		any.add(claim(No, l.Pointer))
	default:
		any.add(claim(Undisclosed, l.Pointer))
	}
	return any.claim()
}

// disjunction is or of claims that come one by one: it keeps those that decide.
type disjunction struct{ has []Claim }

func (d *disjunction) add(c Claim) {
	order := [...]int{Moot: 0, No: 1, Undisclosed: 2, Yes: 3}
	switch {
	case len(d.has) == 0 || d.has[0].Value == c.Value:
		d.has = append(d.has, c)
	case order[c.Value] > order[d.has[0].Value]:
		d.has = append(d.has[:0], c)
	}
}

func (d *disjunction) claim() Claim {
	if len(d.has) == 1 {
		return d.has[0]
	}
	return Claim{Value: d.has[0].Value, from: d.has}
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

// or is yes if one claim is, because of those that are; no if all are that are not
// moot.
func or(claims ...Claim) Claim { return first(claims, Yes, Undisclosed, No) }

// and is no if one claim is, because of those that are; yes if all are that are not
// moot.
func and(claims ...Claim) Claim { return first(claims, No, Undisclosed, Yes) }

// first has the first value that one of the claims has, the last where there are
// none.
func first(claims []Claim, values ...Truth) Claim {
	for _, v := range values {
		if slices.ContainsFunc(claims, func(c Claim) bool { return c.Value == v }) {
			return because(v, claims)
		}
	}
	if len(claims) == 0 {
		return Claim{Value: values[len(values)-1]}
	}
	return because(Moot, claims)
}

// lacking is not, and yes where the claim is moot: a control that does not apply is
// not there.
func lacking(c Claim) Claim {
	if c.Value == Moot {
		c.Value = Yes
		return c
	}
	return not(c)
}

// because follows from the claims that have the value.
func because(v Truth, claims []Claim) Claim {
	has, n := 0, 0
	for i, c := range claims {
		if c.Value == v {
			has, n = i, n+1
		}
	}
	if n == 1 {
		return claims[has]
	}
	from := make([]Claim, 0, n)
	for _, c := range claims {
		if c.Value == v {
			from = append(from, c)
		}
	}
	return Claim{Value: v, from: from}
}
