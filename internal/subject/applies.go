package subject

import (
	"fmt"
	"math"
	"path"
	"slices"

	"github.com/audition-dev/audition/internal/document"
)

// Holding returns what does not apply where some facts are stated.
func (s Subject) Holding(stated Stated) (out []Inapplicable) {
	for _, n := range s.NotApplicable {
		if !slices.ContainsFunc(n.Unless, func(fact string) bool { return affirmed(stated(fact)) }) {
			out = append(out, n)
		}
	}
	return out
}

// Exempts tells whether a rule, by its id, has nothing to say where nothing is
// stated.
func (s Subject) Exempts(rule string, stated Stated) bool {
	return slices.ContainsFunc(s.Holding(stated), func(n Inapplicable) bool {
		return slices.ContainsFunc(n.Rules, func(glob string) bool { return matches(glob, rule) })
	})
}

// Contradicted returns what is stated that the subject cannot have.
func (s Subject) Contradicted(stated Stated) (out []Contradiction) {
	for _, c := range s.Contradicts {
		v := stated(c.Fact)
		if affirmed(v) && (len(c.Values) == 0 || slices.Contains(c.Values, fmt.Sprint(v))) {
			out = append(out, c)
		}
	}
	return out
}

// matches tells whether a rule has the id; * in it stands for any text without /.
func matches(glob, rule string) bool {
	ok, err := path.Match(glob, rule)
	return ok && err == nil
}

// affirmed tells whether a value is stated and no denial: neither false nor an
// empty list.
func affirmed(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case []any:
		return len(v) > 0
	}
	return true
}

// Reaches tells whether a pointer is within another that may have * for an index.
// Only such a one reaches into the items of a list.
func Reaches(of, pointer string) bool {
	var a, b string
	for of != "" {
		if pointer == "" {
			return false
		}
		a, of = document.Cut(of)
		if b, pointer = document.Cut(pointer); a != b && a != "*" {
			return false
		}
	}
	for pointer != "" {
		if b, pointer = document.Cut(pointer); b == "*" || IsIndex(b) {
			return false
		}
	}
	return true
}

// IsIndex tells whether a token of a pointer is the index of an item.
func IsIndex(token string) bool {
	_, ok := document.Index(token, math.MaxInt)
	return ok
}
