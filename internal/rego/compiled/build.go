package compiled

import (
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ir"

	"github.com/audition-dev/audition/internal/rego/value"
)

// step is a statement. It returns what comes then: next, or how many blocks end, or
// that the function or all of the evaluation does.
type step func(m *machine, l []*value.Value) int

const (
	next     = 0
	out      = 1 // of the block, as what a statement asks for is undefined
	returned = 1 << 29
	stop     = 1 << 30
)

// block is statements in their order.
type block []step

func (b block) run(m *machine, l []*value.Value) int {
	for _, s := range b {
		if then := s(m, l); then != next {
			return then
		}
	}
	return next
}

// after is what a block that ended means to the statement that it is part of.
func after(then int) int {
	if then == next || then >= returned {
		return then
	}
	return then - 1
}

// function is a rule or a function of Rego, or the query.
type function struct {
	blocks []block
	locals int
	params []ir.Local
	result ir.Local
	// memory is where the value of a rule is remembered; none has no memory.
	memory int
}

const none = -1

// builder makes functions of a plan.
type builder struct {
	plan      *ir.Policy
	functions map[string]*function
	paths     map[string]*function
	builtins  map[string]*ir.BuiltinFunc
	strings   []*value.Value
	keys      map[string]int
	arena     value.Arena

	// Of the function that is made:
	of        *function
	constants map[ir.Local]*value.Value
	uses      uses
	// base are locals that have a part of data, of a reference that goes on.
	base map[ir.Local]bool
}

// build makes a program of a plan.
func build(p *ir.Policy, data *value.Value) (*Program, error) {
	b := &builder{plan: p, functions: map[string]*function{}, paths: map[string]*function{},
		builtins: map[string]*ir.BuiltinFunc{}, keys: map[string]int{}}
	for _, s := range p.Static.Strings {
		b.strings = append(b.strings, b.arena.String(s.Value))
	}
	for _, f := range p.Static.BuiltinFuncs {
		b.builtins[f.Name] = f
	}
	rules := 0
	for _, f := range p.Funcs.Funcs {
		g := &function{params: f.Params, result: f.Return, memory: none}
		if len(f.Params) == 2 {
			g.memory = rules
			rules++
		}
		b.functions[f.Name], b.paths[joined(f.Path)] = g, g
	}
	for _, f := range p.Funcs.Funcs {
		if err := b.function(b.functions[f.Name], f.Blocks); err != nil {
			return nil, err
		}
	}
	query := &function{params: []ir.Local{ir.Input, ir.Data}, result: ir.Unused, memory: none}
	if err := b.function(query, p.Plans.Plans[0].Blocks); err != nil {
		return nil, err
	}
	return &Program{data: data, query: query, rules: rules, keys: len(b.keys)}, nil
}

// joined is a path as a key.
func joined(path []string) string { return strings.Join(path, "\x00") }

// function makes a function of its blocks. Locals have a meaning of their own in
// each of them, but for parameters and the result.
func (b *builder) function(f *function, blocks []*ir.Block) error {
	b.of = f
	for _, p := range append(f.params, f.result) {
		f.local(p)
	}
	for _, one := range blocks {
		b.constants, b.uses, b.base = map[ir.Local]*value.Value{}, usesOf(one), map[ir.Local]bool{ir.Data: true}
		made, err := b.block(one)
		if err != nil {
			return err
		}
		f.blocks = append(f.blocks, made)
	}
	return nil
}

// local notes that a function has a local.
func (f *function) local(l ir.Local) int {
	f.locals = max(f.locals, int(l)+1)
	return int(l)
}

func (b *builder) block(from *ir.Block) (block, error) {
	made := make(block, 0, len(from.Stmts))
	for i := 0; i < len(from.Stmts); i++ {
		if n := b.fold(from.Stmts[i:]); n > 0 {
			i += n - 1
			continue
		}
		s, err := b.step(from.Stmts[i])
		if err != nil {
			return nil, err
		}
		if s != nil {
			made = append(made, s)
		}
	}
	return made, nil
}

// operand is a constant, or what a local has.
type operand struct {
	constant *value.Value
	local    int
}

func (o operand) of(l []*value.Value) *value.Value {
	if o.constant != nil {
		return o.constant
	}
	return l[o.local]
}

func (b *builder) operand(o ir.Operand) operand {
	switch v := o.Value.(type) {
	case ir.Bool:
		return operand{constant: value.Bool(bool(v))}
	case ir.StringIndex:
		return operand{constant: b.strings[v]}
	}
	l := o.Value.(ir.Local)
	if c := b.constants[l]; c != nil {
		return operand{constant: c}
	}
	return operand{local: b.of.local(l)}
}

// call returns the value of the function for its arguments, nil where it has none
// or the evaluation ended.
func (f *function) call(m *machine, args ...*value.Value) *value.Value {
	before := m.mark
	l := m.frame(f.locals)
	for i, p := range f.params {
		l[p] = args[i]
	}
	return f.run(m, l, before)
}

// run runs the function on its locals, which are free again at a mark.
func (f *function) run(m *machine, l []*value.Value, before mark) (v *value.Value) {
	if m.tick() {
		v = f.value(m, l)
	}
	m.mark = before
	return v
}

func (f *function) value(m *machine, l []*value.Value) *value.Value {
	for _, b := range f.blocks {
		switch b.run(m, l) {
		case returned:
			return l[f.result]
		case stop:
			return nil
		}
	}
	return l[f.result]
}

func (b *builder) unsupported(s ir.Stmt, format string, args ...any) error {
	return unsupported(fmt.Sprintf(format, args...), s.GetLocation(), b.plan.Static.Files)
}
