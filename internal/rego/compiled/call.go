package compiled

import (
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ir"

	"github.com/audition-dev/audition/internal/rego/value"
)

// callStep makes a call of a rule, a function or a builtin.
func (b *builder) callStep(s *ir.CallStmt) (step, error) {
	args := make([]operand, len(s.Args))
	for i, a := range s.Args {
		args[i] = b.operand(a)
	}
	to := b.of.local(s.Result)
	f := b.called(s.Func)
	switch {
	case f == nil:
		return b.builtinStep(s, args, to)
	case len(args) != len(f.params):
		return nil, b.unsupported(s, "a call with other arguments")
	case f.memory != none:
		input, data := args[0], args[1]
		return func(m *machine, l []*value.Value) int {
			l[to] = f.remembered(m, input.of(l), data.of(l))
			return m.got(l[to])
		}, nil
	}
	return func(m *machine, l []*value.Value) int {
		before := m.mark
		inner := m.frame(f.locals)
		for i, p := range f.params {
			inner[p] = args[i].of(l)
		}
		l[to] = f.run(m, inner, before)
		return m.got(l[to])
	}, nil
}

// got goes on where a call came to a value.
func (m *machine) got(v *value.Value) int {
	switch {
	case v != nil:
		return next
	case m.err != nil:
		return stop
	}
	return out
}

// remembered returns the value of a rule, which is found once for an input and data.
func (f *function) remembered(m *machine, input, data *value.Value) *value.Value {
	last := &m.remembered[f.memory]
	if last.known && last.input == input && last.data == data {
		return last.value
	}
	v := f.call(m, input, data)
	*last = remembered{true, input, data, v}
	return v
}

// dynamicStep makes a call of the rule at a path. Where there is none, what stands in
// data comes next; where the rule has no value, nothing has.
func (b *builder) dynamicStep(s *ir.CallDynamicStmt) (step, error) {
	if len(s.Args) != 2 {
		return nil, b.unsupported(s, "a call with other arguments")
	}
	path := make([]operand, len(s.Path))
	for i, key := range s.Path {
		path[i] = b.operand(key)
	}
	input, data := b.operand(ir.Operand{Value: s.Args[0]}), b.operand(ir.Operand{Value: s.Args[1]})
	to := b.of.local(s.Result)
	for _, name := range slices.Sorted(maps.Keys(b.planned)) {
		b.called(name)
	}
	return func(m *machine, l []*value.Value) int {
		texts := make([]string, len(path))
		for i, key := range path {
			k := key.of(l)
			if k == nil || k.Kind() != value.String {
				return out
			}
			texts[i], _ = k.Text()
		}
		f := b.paths[joined(texts)]
		if f == nil || f.memory == none {
			return out
		}
		l[to] = f.remembered(m, input.of(l), data.of(l))
		if then := m.got(l[to]); then != out {
			return then
		}
		const blocksOfTheRef = 3
		return out + blocksOfTheRef
	}, nil
}
