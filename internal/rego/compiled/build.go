package compiled

import (
	"fmt"
	"strconv"
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
	files     []*ir.StringConst
	planned   map[string]*ir.Func
	functions map[string]*function
	paths     map[string]*function
	// waiting are functions that are called and not made yet.
	waiting  []*ir.Func
	rules    int
	builtins []string
	literals []string
	strings  []*value.Value
	keys     map[string]int
	arena    value.Arena

	// Of the function that is made:
	of        *function
	constants map[ir.Local]*value.Value
	uses      uses
	// base are locals that have a part of data, of a reference that goes on.
	base map[ir.Local]bool
}

// build makes a program of a query and of what it calls of a plan.
func build(p *Plan, files []*ir.StringConst, query []*ir.Block, data *value.Value, terms []string) (*Program, error) {
	b := &builder{files: files, planned: map[string]*ir.Func{}, functions: map[string]*function{}, paths: map[string]*function{},
		builtins: p.Builtins, literals: p.Strings, keys: map[string]int{}}
	for _, s := range p.Strings {
		b.strings = append(b.strings, b.arena.String(s))
	}
	for _, f := range p.Funcs {
		b.planned[f.Name] = f
	}
	q := &function{params: []ir.Local{ir.Input, ir.Data}, result: ir.Unused, memory: none}
	if err := b.function(q, query); err != nil {
		return nil, err
	}
	for len(b.waiting) > 0 {
		f := b.waiting[0]
		b.waiting = b.waiting[1:]
		if err := b.function(b.functions[f.Name], f.Blocks); err != nil {
			return nil, err
		}
	}
	return &Program{data: data, query: q, rules: b.rules, keys: len(b.keys), terms: b.terms(terms), planned: b.planned, literals: p.Strings}, nil
}

// terms are the rules that the query calls for terms; none where one is no rule.
func (b *builder) terms(names []string) (out []term) {
	for _, name := range names {
		f := b.functions[ruleOf(name)]
		if f == nil || f.memory == none {
			return nil
		}
		out = append(out, term{ruleOf(name), f})
	}
	return out
}

// called returns a function of the plan, nil where it has none of this name.
func (b *builder) called(name string) *function {
	if f := b.functions[name]; f != nil {
		return f
	}
	planned := b.planned[name]
	if planned == nil {
		return nil
	}
	f := &function{params: planned.Params, result: planned.Return, memory: none}
	if len(f.params) == 2 {
		f.memory = b.rules
		b.rules++
	}
	b.functions[name], b.paths[joined(planned.Path)] = f, f
	b.waiting = append(b.waiting, planned)
	return f
}

// joined is a path as a key, of which no other path is made.
func joined(path []string) string {
	var b strings.Builder
	for _, name := range path {
		b.WriteString(strconv.Itoa(len(name)) + ":" + name)
	}
	return b.String()
}

// function makes a function of its blocks. Locals have a meaning of their own in
// each of them, but for parameters and the result.
func (b *builder) function(f *function, blocks []*ir.Block) error {
	b.of = f
	f.local(f.result)
	for _, p := range f.params {
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
	return unsupported(fmt.Sprintf(format, args...), s.GetLocation(), b.files)
}
