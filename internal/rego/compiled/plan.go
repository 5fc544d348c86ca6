package compiled

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/audition-dev/audition/internal/rego/value"
)

// target is the name under which OPA hands plans over.
const target = "audition"

// planner receives the plan of a query. It has no state: who asked waits in the
// context.
type planner struct{}

type asked struct{}

func (planner) IsTarget(name string) bool { return name == target }

func (planner) PrepareForEval(ctx context.Context, p *ir.Policy, _ ...rego.PrepareOption) (rego.TargetPluginEval, error) {
	if to, ok := ctx.Value(asked{}).(*ir.Policy); ok {
		*to = *p
	}
	return nil, nil
}

// asTarget makes the planner known to OPA, which hands a plan over in no other way.
// Only queries for a target of this kind look for it, so once is early enough.
var asTarget = sync.OnceFunc(func() { rego.RegisterPlugin(target, planner{}) })

// plan has OPA plan the array of the values of terms. The planner may panic.
func plan(ctx context.Context, c *ast.Compiler, terms []string) (p *ir.Policy, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("no plan: %v", r)
		}
	}()
	asTarget()
	p = &ir.Policy{}
	_, err = rego.New(
		rego.Query("["+strings.Join(terms, ", ")+"]"),
		rego.Compiler(c),
		rego.Capabilities(c.Capabilities()),
		rego.Target(target),
	).PrepareForEval(context.WithValue(ctx, asked{}, p))
	if err == nil && (p.Plans == nil || len(p.Plans.Plans) != 1) {
		err = errors.New("no plan")
	}
	return p, err
}

// Plan is what OPA planned of rules. It can be written and read again.
type Plan struct {
	Strings  []string
	Builtins []string
	Funcs    []*ir.Func
}

func planOf(p *ir.Policy) *Plan {
	out := &Plan{Funcs: p.Funcs.Funcs}
	for _, s := range p.Static.Strings {
		out.Strings = append(out.Strings, s.Value)
	}
	for _, b := range p.Static.BuiltinFuncs {
		out.Builtins = append(out.Builtins, b.Name)
	}
	return out
}

// NewPlan plans the rules that terms such as data.org.acme.rule.findings stand for.
func NewPlan(ctx context.Context, c *ast.Compiler, terms []string) (*Plan, error) {
	p, err := plan(ctx, c, terms)
	if err != nil {
		return nil, err
	}
	return planOf(p), nil
}

// Encode writes the plan, without the places of what is in it.
func (p *Plan) Encode() ([]byte, error) { return encode(nil, reflect.ValueOf(p)) }

// DecodePlan reads what Encode wrote.
func DecodePlan(data []byte) (*Plan, error) {
	d, p := decoder{data: data}, &Plan{}
	d.value(reflect.ValueOf(p).Elem())
	return p, d.err
}

// ruleOf is what a plan calls the rule of a term.
func ruleOf(term string) string { return "g0." + term }

// Program makes a program of rules of the plan. Another term is an error.
func (p *Plan) Program(data *value.Value, terms []string) (*Program, error) {
	block, all := &ir.Block{}, ir.Unused
	block.Stmts = append(block.Stmts, &ir.MakeArrayStmt{Capacity: int32(len(terms)), Target: all})
	for i, term := range terms {
		l := all + 1 + ir.Local(i)
		block.Stmts = append(block.Stmts,
			&ir.CallStmt{Func: ruleOf(term), Args: []ir.Operand{{Value: ir.Input}, {Value: ir.Data}}, Result: l},
			&ir.ArrayAppendStmt{Array: all, Value: ir.Operand{Value: l}})
	}
	block.Stmts = append(block.Stmts, &ir.ResultSetAddStmt{Value: all})
	return build(p, nil, []*ir.Block{block}, data, terms)
}
