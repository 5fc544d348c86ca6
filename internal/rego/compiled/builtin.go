package compiled

import (
	"errors"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/builtins"

	"github.com/audition-dev/audition/internal/rego/value"
)

// builtin returns the value of a builtin for its arguments, nil where OPA has to
// tell.
type builtin func(m *machine, args []*value.Value) *value.Value

// builtinStep makes a call of a builtin: of ours if there is one and it has an
// answer, else of OPA's.
func (b *builder) builtinStep(s *ir.CallStmt, args []operand, to int) (step, error) {
	declared, theirs := ast.BuiltinMap[s.Func], topdown.GetBuiltin(s.Func)
	if declared == nil || theirs == nil || declared.Decl.Result() == nil || !slices.Contains(b.builtins, s.Func) ||
		declared.Nondeterministic || len(args) != declared.Decl.Arity() || slices.Contains(refused, s.Func) {
		return nil, b.unsupported(s, "builtin %s", s.Func)
	}
	call := func(m *machine, given []*value.Value) *value.Value { return m.ask(theirs, given, declared.Relation) }
	if ours := ours[s.Func]; ours != nil {
		ask := call
		call = func(m *machine, given []*value.Value) *value.Value {
			if v := ours(m, given); v != nil {
				return v
			}
			return ask(m, given)
		}
	}
	return func(m *machine, l []*value.Value) int {
		before := m.mark
		given := m.frame(len(args))
		for i, a := range args {
			given[i] = a.of(l)
		}
		l[to] = call(m, given)
		m.mark = before
		return m.got(l[to])
	}, nil
}

// refused are builtins that read more than their arguments.
var refused = []string{"rego.parse_module", "trace", "internal.print", "internal.test_case"}

// ask has OPA call a builtin, and returns its value; that of a relation is the array
// of all its values.
func (m *machine) ask(f topdown.BuiltinFunc, args []*value.Value, relation bool) *value.Value {
	terms := make([]*ast.Term, len(args))
	for i, a := range args {
		if a == nil {
			m.fail(errors.New("evaluation: an argument has no value"))
			return nil
		}
		terms[i] = a.AST()
	}
	if m.cache == nil {
		m.cache = builtins.Cache{}
	}
	all := m.Array(0)
	err := f(topdown.BuiltinContext{Context: m.ctx, Cancel: m.cancel, Cache: m.cache}, terms, func(t *ast.Term) error {
		v, err := m.FromAST(t.Value)
		m.Append(all, v)
		return err
	})
	switch {
	case err != nil:
		m.fail(err)
		return nil
	case relation:
		return all
	case all.Len() == 0:
		return nil
	}
	return all.Items()[0]
}
