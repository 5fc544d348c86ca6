// Package compiled runs Rego as closures. OPA parses, checks and plans it; the plan,
// which is a list of statements for each rule, is made into Go functions once.
//
// A plan with a statement or a builtin that is not known here is refused. Programs
// have no words of their own for what goes wrong in an evaluation: an error says
// only that there is one, and another evaluator has to tell which, if any. It may
// find none, as OPA passes over rules whose conditions cannot hold, and what is
// compiled looks at them in their order.
package compiled

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/builtins"

	"github.com/audition-dev/audition/internal/rego/value"
)

// Program is a list of terms, prepared once. It is safe for concurrent use.
type Program struct {
	data     *value.Value
	query    *function
	rules    int // that are remembered
	keys     int // that are looked up
	machines sync.Pool

	// terms are the rules that terms stand for; none where one is no rule.
	terms []term
	// planned and literals are what they were made of.
	planned  map[string]*ir.Func
	literals []string
}

// term is a rule that is asked for, by its name in the plan.
type term struct {
	name string
	rule *function
}

// Prepare makes a program whose value is the array of the values of the terms. What
// is not supported is an error.
func Prepare(ctx context.Context, c *ast.Compiler, data *value.Value, terms []string) (*Program, error) {
	p, err := plan(ctx, c, terms)
	if err != nil {
		return nil, err
	}
	return build(planOf(p), p.Static.Files, p.Plans.Plans[0].Blocks, data, terms)
}

// Eval returns the values of the terms for an input, nil where it is undefined. A
// term without a value, an error of a builtin and the end of ctx are errors.
func (p *Program) Eval(ctx context.Context, input *value.Value) (*value.Value, error) {
	return p.eval(ctx, func(m *machine) { p.query.call(m, input, p.data) })
}

// Parts tells whether some of the terms can be asked for alone.
func (p *Program) Parts() bool { return len(p.terms) > 0 }

// EvalSome is Eval of some of the terms, of a program that has parts.
func (p *Program) EvalSome(ctx context.Context, input *value.Value, terms []int) (*value.Value, error) {
	return p.eval(ctx, func(m *machine) {
		all := m.Array(len(terms))
		for _, i := range terms {
			v := p.terms[i].rule.remembered(m, input, p.data)
			if v == nil {
				return
			}
			m.Append(all, v)
		}
		m.result = all
	})
}

func (p *Program) eval(ctx context.Context, run func(*machine)) (*value.Value, error) {
	m, _ := p.machines.Get().(*machine)
	if m == nil {
		m = &machine{remembered: make([]remembered, p.rules), found: make([]found, p.keys)}
	}
	m.ctx, m.cancel, m.err, m.result = ctx, topdown.NewCancel(), nil, nil
	defer context.AfterFunc(ctx, m.cancel.Cancel)()
	if err := m.run(run); err != nil {
		return nil, err
	}
	if m.result == nil {
		return nil, errors.New("evaluation: a term has no value")
	}
	all := m.result
	if all.Kind() == value.Object { // OPA has a name for it
		all = all.Values()[0]
	}
	for _, v := range all.Items() {
		v.Settle()
	}
	m.reset()
	p.machines.Put(m)
	return all, nil
}

// machine is the state of an evaluation.
type machine struct {
	value.Arena
	ctx    context.Context
	cancel topdown.Cancel
	steps  uint
	// stacks hold the locals of the functions that are running, up to a mark.
	stacks [][]*value.Value
	mark   mark

	remembered []remembered
	found      []found
	cache      builtins.Cache

	result *value.Value
	err    error
}

// remembered is the value of a rule for an input and data, nil where it has none.
type remembered struct {
	known              bool
	input, data, value *value.Value
}

// found is the value of a key of an object.
type found struct{ of, value *value.Value }

// mark is a place in the stacks.
type mark struct{ stack, top int }

// run evaluates. A builtin may panic; that is an error.
func (m *machine) run(eval func(*machine)) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	eval(m)
	return m.err
}

// reset forgets what was evaluated. Values that were made together keep each other: a
// block that two evaluations shared would keep all of both, and with that every
// evaluation before.
func (m *machine) reset() {
	m.Arena = value.Arena{}
	clear(m.remembered)
	clear(m.found)
	for _, s := range m.stacks {
		clear(s)
	}
	m.ctx, m.cancel, m.cache, m.result = nil, nil, nil, nil
}

// frame returns n locals without values; they are free again when the mark is what
// it was.
func (m *machine) frame(n int) []*value.Value {
	if m.mark.stack == len(m.stacks) || m.mark.top+n > len(m.stacks[m.mark.stack]) {
		if m.mark.stack < len(m.stacks) {
			m.mark = mark{m.mark.stack + 1, 0}
		}
		if m.mark.stack == len(m.stacks) {
			m.stacks = append(m.stacks, nil)
		}
		if len(m.stacks[m.mark.stack]) < n {
			m.stacks[m.mark.stack] = make([]*value.Value, max(n, 1024))
		}
	}
	f := m.stacks[m.mark.stack][m.mark.top : m.mark.top+n : m.mark.top+n]
	m.mark.top += n
	clear(f)
	return f
}

// tick counts a step, and tells whether the evaluation goes on.
func (m *machine) tick() bool {
	if m.steps++; m.steps%64 == 0 && m.cancel.Cancelled() {
		m.fail(m.ctx.Err())
		return false
	}
	return true
}

// fail ends the evaluation.
func (m *machine) fail(err error) int {
	if m.err == nil {
		m.err = err
	}
	return stop
}

var (
	// errConflict is that something has two values.
	errConflict = errors.New("evaluation: conflicting values")
	// errPath is that a reference to data has a key that is no name.
	errPath = errors.New("evaluation: a key of data that is no name")
)

// unsupported refuses a plan.
func unsupported(what string, at *ir.Location, files []*ir.StringConst) error {
	if at == nil || at.File >= len(files) {
		return fmt.Errorf("%s is not compiled", what)
	}
	return fmt.Errorf("%s:%d:%d: %s is not compiled", files[at.File].Value, at.Row, at.Col, what)
}
