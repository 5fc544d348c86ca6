package rego

import (
	"context"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego/lint"
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/rego/topdown"
	"github.com/audition-dev/audition/internal/rego/value"
)

// Policy is compiled sources. It is safe for concurrent use.
type Policy struct {
	catalogue Catalogue
	parsed    *parse.Parsed
	compiled  topdown.Compiled
	data      *value.Value
	mode      Mode
}

// Compile compiles sources, the builtin one too if it is one of them. What is
// wrong with them comes back as Problems. What is not compiled when ctx ends is an
// error.
func Compile(ctx context.Context, framework *maestro.Framework, sources ...Source) (*Policy, error) {
	untrusted := slices.ContainsFunc(sources, Source.Untrusted)
	return topdown.Within(ctx, "policy: not compiled", untrusted, func() (*Policy, error) {
		p, wrong := newPolicy(framework, sources)
		if len(wrong) > 0 {
			return nil, wrong.Bounded()
		}
		p.compiled.Untrusted = untrusted
		return p, nil
	})
}

func newPolicy(framework *maestro.Framework, sources []Source) (*Policy, Problems) {
	in, wrong := parse.Sources(sources, false)
	if len(wrong) > 0 {
		return nil, wrong
	}
	if wrong := in.Refused(sources); len(wrong) > 0 {
		return nil, wrong
	}
	if wrong := in.Adopt(); len(wrong) > 0 {
		return nil, wrong
	}
	c, wrong := readCatalogue(in, framework)
	if len(wrong) > 0 {
		return nil, wrong
	}
	compiler, wrong := in.Compile()
	if len(wrong) == 0 {
		wrong = lint.Check(in, compiler.Modules)
	}
	data, err := value.From(in.Data())
	if err != nil {
		return nil, append(wrong, parse.ProblemsOf(err)...)
	}
	return &Policy{c, in, topdown.Compiled{Compiler: compiler, Store: in.Store()}, data, Auto}, wrong
}

// Catalogue returns what the policy says of itself.
func (p *Policy) Catalogue() Catalogue { return p.catalogue }

// Examples returns the inputs bad and good of the test beside a rule, as JSON
// values; nil where a rule has none.
func (p *Policy) Examples(ctx context.Context, id string) (bad, good any, err error) {
	i := slices.IndexFunc(p.catalogue.Rules, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return nil, nil, fmt.Errorf("unknown rule %q", id)
	}
	rule := p.catalogue.Rules[i]
	compiled, err := topdown.Within(ctx, "evaluation: not done", p.compiled.Untrusted, func() (*topdown.Compiled, error) {
		return p.withTest(rule)
	})
	if err != nil || compiled == nil {
		return nil, nil, err
	}
	return Examples(ctx, *compiled, rule.Package)
}

// withTest compiles the policy with the test beside a rule; nil where there is
// none.
func (p *Policy) withTest(r Rule) (*topdown.Compiled, error) {
	for _, key := range p.parsed.Keys() {
		f := p.parsed.Files[key]
		if f.Module.Package.Loc().File != r.File || parse.PackageOf(f.Module) != r.Package {
			continue
		}
		both, ok, err := p.parsed.Beside(f)
		if err != nil || !ok {
			return nil, err
		}
		c, wrong := both.Compile()
		return &topdown.Compiled{Compiler: c, Store: p.compiled.Store, Untrusted: p.compiled.Untrusted}, wrong.Bounded().Err()
	}
	return nil, nil
}

// Examples returns the inputs bad and good of the test of the rule of a package,
// as JSON values; nil where it has none.
func Examples(ctx context.Context, compiled topdown.Compiled, pkg string) (bad, good any, err error) {
	var terms []string
	for _, name := range []string{"bad", "good"} {
		terms = append(terms, "[x | x := data."+pkg+"_test."+name+"]")
	}
	program, err := compiled.Prepare(ctx, terms)
	if err != nil {
		return nil, nil, err
	}
	values, err := program.Eval(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	both, err := ast.JSON(values.AST().Value)
	if err != nil {
		return nil, nil, err
	}
	first := func(i int) any {
		if list, _ := both.([]any)[i].([]any); len(list) > 0 {
			return list[0]
		}
		return nil
	}
	return first(0), first(1), nil
}

// Check does to what was parsed what Compile does before it compiles, and reports
// everything that is wrong. Files that are not an organisation's own are taken out.
func Check(p *parse.Parsed, framework *maestro.Framework) Problems {
	wrong := p.TakeOut()
	_, errs := readCatalogue(p, framework)
	return append(append(wrong, errs...), p.Adopt()...)
}
