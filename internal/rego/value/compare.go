package value

import (
	"cmp"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Compare returns below 0, 0 or above 0 as a comes before b, is equal to it or
// comes after it.
func Compare(a, b *Value) int {
	switch {
	case a == b:
		return 0
	case a.kind != b.kind:
		return cmp.Compare(a.kind, b.kind)
	}
	switch a.kind {
	case Boolean:
		return cmp.Compare(a.n, b.n)
	case Number:
		if a.whole && b.whole {
			return cmp.Compare(a.n, b.n)
		}
		return ast.NumberCompare(ast.Number(a.Literal()), ast.Number(b.Literal()))
	case String:
		return cmp.Compare(a.text, b.text)
	case Object:
		keys, others := a.Items(), b.Items()
		for i := range min(len(keys), len(others)) {
			if c := Compare(keys[i], others[i]); c != 0 {
				return c
			}
			if c := Compare(a.vals[i], b.vals[i]); c != 0 {
				return c
			}
		}
		return cmp.Compare(len(keys), len(others))
	case Array, Set:
		return slices.CompareFunc(a.Items(), b.Items(), Compare)
	}
	return 0
}

// Equal tells whether a and b are the same value.
func Equal(a, b *Value) bool {
	switch {
	case a == b:
		return true
	case a.kind != b.kind:
		return false
	case a.kind == String:
		return a.text == b.text
	case a.kind >= Array && a.Len() != b.Len():
		return false
	}
	return Compare(a, b) == 0
}
