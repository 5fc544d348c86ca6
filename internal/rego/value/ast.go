package value

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// many is how many values are converted before those are remembered that consist
// of others. Few steps of a policy make one that would take years to write: lists of
// the same list twice, and so on.
const many = 1000

// AST returns v as OPA has it.
func (v *Value) AST() *ast.Term {
	c := toAST{}
	return c.term(v)
}

type toAST struct {
	count int
	known map[*Value]*ast.Term
}

func (c *toAST) term(v *Value) *ast.Term {
	switch v.kind {
	case Null:
		return ast.InternedNullTerm
	case Boolean:
		return ast.InternedTerm(v.n != 0)
	case Number:
		if v.whole && v.text == "" {
			return ast.InternedTerm(v.n)
		}
		return ast.NewTerm(ast.Number(v.text))
	case String:
		return ast.NewTerm(ast.String(v.text))
	}
	if t := c.known[v]; t != nil {
		return t
	}
	t := c.composite(v)
	if c.count++; c.count > many {
		if c.known == nil {
			c.known = map[*Value]*ast.Term{}
		}
		c.known[v] = t
	}
	return t
}

func (c *toAST) composite(v *Value) *ast.Term {
	items := v.Items()
	terms := make([]*ast.Term, len(items))
	for i, item := range items {
		terms[i] = c.term(item)
	}
	switch v.kind {
	case Array:
		return ast.ArrayTerm(terms...)
	case Set:
		return ast.SetTerm(terms...)
	}
	pairs := make([][2]*ast.Term, len(items))
	for i, key := range terms {
		pairs[i] = [2]*ast.Term{key, c.term(v.vals[i])}
	}
	return ast.ObjectTerm(pairs...)
}

// FromAST returns what OPA has as a value. What is not evaluated is an error.
func (a *Arena) FromAST(v ast.Value) (*Value, error) {
	c := fromAST{Arena: a}
	return c.value(v)
}

type fromAST struct {
	*Arena
	count int
	known map[ast.Value]*Value
}

func (c *fromAST) value(v ast.Value) (*Value, error) {
	switch v := v.(type) {
	case ast.Null:
		return null, nil
	case ast.Boolean:
		return Bool(bool(v)), nil
	case ast.Number:
		return c.Number(string(v))
	case ast.String:
		return c.String(string(v)), nil
	case *ast.Array, ast.Object, ast.Set: // these are pointers
		if known := c.known[v]; known != nil {
			return known, nil
		}
		made, err := c.composite(v)
		if c.count++; c.count > many {
			if c.known == nil {
				c.known = map[ast.Value]*Value{}
			}
			c.known[v] = made
		}
		return made, err
	}
	return nil, fmt.Errorf("evaluation: expected a value, got %s", ast.ValueName(v))
}

func (c *fromAST) composite(v ast.Value) (out *Value, err error) {
	convert := func(t *ast.Term) (made *Value) {
		if err == nil {
			made, err = c.value(t.Value)
		}
		return made
	}
	switch v := v.(type) {
	case *ast.Array:
		out = c.Array(v.Len())
		v.Foreach(func(t *ast.Term) { out.items = append(out.items, convert(t)) })
	case ast.Set:
		out = c.Set(v.Len())
		v.Foreach(func(t *ast.Term) { out.items = append(out.items, convert(t)) })
	case ast.Object:
		out = c.Object(v.Len())
		v.Foreach(func(key, val *ast.Term) {
			out.items, out.vals = append(out.items, convert(key)), append(out.vals, convert(val))
		})
	}
	return out, err
}
