package lint

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/suggest"
)

// place is a part of the input and its schema.
type place struct {
	path   string
	schema map[string]any
}

// below is the place of a key, or of any item.
func (p place) below(key *ast.Term) (place, bool) {
	name, isText := key.Value.(ast.String)
	if properties, ok := p.schema["properties"].(map[string]any); ok && isText {
		schema, ok := properties[string(name)].(map[string]any)
		return place{p.path + "." + string(name), schema}, ok
	}
	schema, ok := p.schema["items"].(map[string]any)
	return place{p.path + "[_]", schema}, ok && !isText
}

// enums finds texts that a value of the input is compared with and never has.
type enums struct {
	schemas parse.Schemas
	vars    map[ast.Var]place
	wrong   parse.Problems
}

// unequal reports comparisons of an input with what its schema does not have.
func unequal(compiled *ast.Module, schemas parse.Schemas) parse.Problems {
	e := enums{schemas: schemas}
	for _, r := range compiled.Rules {
		e.vars = map[ast.Var]place{}
		for known := -1; known < len(e.vars); { // a variable may stand for a part of another
			known = len(e.vars)
			ast.WalkExprs(r, e.bind)
		}
		ast.WalkExprs(r, e.compare)
	}
	return e.wrong
}

// bind notes which variables stand for a place.
func (e *enums) bind(expr *ast.Expr) bool {
	if expr.IsEquality() || expr.IsAssignment() {
		for i := range 2 {
			v, isVar := expr.Operand(i).Value.(ast.Var)
			if p, ok := e.place(expr.Operand(1 - i)); ok && isVar {
				e.vars[v] = p
			}
		}
	}
	return false
}

func (e *enums) place(t *ast.Term) (p place, ok bool) {
	if v, isVar := t.Value.(ast.Var); isVar {
		p, ok = e.vars[v]
		return p, ok
	}
	ref, isRef := t.Value.(ast.Ref)
	if !isRef {
		return p, false
	}
	rest := ref[1:]
	if v, _ := ref[0].Value.(ast.Var); ref[0].Equal(ast.InputRootDocument) {
		p.path, p.schema = "input", e.schemas.Input
		if len(rest) > 0 && rest[0].Equal(ast.StringTerm("derived")) && e.schemas.Derived != nil {
			p.path, p.schema, rest = "input.derived", e.schemas.Derived, rest[1:]
		}
	} else if p, ok = e.vars[v]; !ok {
		return p, false
	}
	for _, key := range rest {
		if p, ok = p.below(key); !ok {
			return p, false
		}
	}
	return p, p.schema != nil
}

// compare looks at ==, != and in.
func (e *enums) compare(expr *ast.Expr) bool {
	if !expr.IsCall() || len(expr.Operands()) != 2 {
		return false
	}
	a, b := expr.Operand(0), expr.Operand(1)
	switch expr.Operator().String() {
	case ast.Equality.Name, ast.Equal.Name, ast.NotEqual.Name:
		e.check(a, b)
		e.check(b, a)
	case ast.Member.Name:
		if list, ok := e.place(b); ok {
			if item, ok := list.below(ast.VarTerm("_")); ok {
				e.value(item, a)
			}
		}
		switch b := b.Value.(type) {
		case *ast.Array:
			b.Foreach(func(t *ast.Term) { e.check(a, t) })
		case ast.Set:
			b.Foreach(func(t *ast.Term) { e.check(a, t) })
		}
	}
	return false
}

func (e *enums) check(at, value *ast.Term) {
	if p, ok := e.place(at); ok {
		e.value(p, value)
	}
}

// value reports a text that a place never has.
func (e *enums) value(p place, value *ast.Term) {
	text, ok := value.Value.(ast.String)
	enum, isEnum := p.schema["enum"].([]any)
	if !ok || !isEnum {
		return
	}
	var known []string
	for _, v := range enum {
		if v == string(text) {
			return
		}
		known = append(known, fmt.Sprint(v))
	}
	loc := value.Loc()
	e.wrong = append(e.wrong, parse.Problem{File: loc.File, Line: loc.Row, Column: loc.Col,
		Message: fmt.Sprintf("%s: unknown value %q%s", p.path, string(text), suggest.DidYouMean(string(text), known))})
}
