package compiled

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"
	"github.com/open-policy-agent/opa/v1/rego"
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
