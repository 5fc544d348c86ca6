package rego

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego/topdown"
)

// Policy is compiled sources. It is safe for concurrent use.
type Policy struct {
	catalogue Catalogue
	parsed    *Parsed
	compiled  topdown.Compiled
}

// Compile compiles sources, the builtin one too if it is one of them. What is
// wrong with them comes back as Problems. What is not compiled when ctx ends is an
// error.
func Compile(ctx context.Context, framework *maestro.Framework, sources ...Source) (*Policy, error) {
	untrusted := slices.ContainsFunc(sources, Source.Untrusted)
	return topdown.Within(ctx, "policy: not compiled", untrusted, func() (*Policy, error) {
		p, wrong := newPolicy(framework, sources)
		if len(wrong) > 0 {
			return nil, wrong.bounded()
		}
		p.compiled.Untrusted = untrusted
		return p, nil
	})
}

func newPolicy(framework *maestro.Framework, sources []Source) (*Policy, Problems) {
	in, loaded, wrong := parseAll(sources, false)
	if len(wrong) > 0 {
		return nil, wrong
	}
	if wrong := slices.Concat(in.empty(sources), in.owned(sources), in.kept(sources)); len(wrong) > 0 {
		return nil, wrong
	}
	if wrong := in.adopt(); len(wrong) > 0 {
		return nil, wrong
	}
	c, wrong := in.catalogue(framework)
	if len(wrong) > 0 {
		return nil, wrong
	}
	c.Sources = loaded
	compiler, wrong := in.compile(in.keys())
	return &Policy{c, in, topdown.Compiled{Compiler: compiler, Store: in.data.store}}, wrong
}

// Catalogue returns what the policy says of itself.
func (p *Policy) Catalogue() Catalogue { return p.catalogue }

// Prepare makes a program of terms such as data.org.acme.rule.findings.
func (p *Policy) Prepare(ctx context.Context, terms []string) (Program, error) {
	return p.compiled.Prepare(ctx, terms)
}

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
	for _, key := range p.parsed.keys() {
		f := p.parsed.Files[key]
		if f.Module.Package.Loc().File != r.File || PackageOf(f.Module) != r.Package {
			continue
		}
		name := TestBeside(f.Name)
		data, err := fs.ReadFile(f.fs, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		test, err := ParseFile(name, data)
		if err != nil {
			return nil, err
		}
		both := &Parsed{Files: maps.Clone(p.parsed.Files), data: p.parsed.data}
		both.Files["test"] = File{Module: test}
		c, wrong := both.compile(both.keys())
		return &topdown.Compiled{Compiler: c, Store: p.compiled.Store, Untrusted: p.compiled.Untrusted}, wrong.bounded().err()
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
	both, err := ast.JSON(values)
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

// Check does to the files what Compile does before it compiles, and reports
// everything that is wrong. Files that are not an organisation's own are taken out.
func (p *Parsed) Check(framework *maestro.Framework) (wrong Problems) {
	for key, f := range p.Files {
		if f.Builtin {
			continue
		}
		if errs := append(OwnPackage(f.Module), foreignSchema(f.Module)...); len(errs) > 0 {
			delete(p.Files, key)
			wrong = append(wrong, errs...)
		}
	}
	_, errs := p.catalogue(framework)
	return append(append(wrong, errs...), p.adopt()...)
}

// Store holds the data.
func (p *Parsed) Store() storage.Store { return p.data.store }

func (p *Parsed) compile(keys []string) (*ast.Compiler, Problems) {
	c, err := p.Compiler()
	if err != nil {
		return nil, ProblemsOf(err)
	}
	modules := map[string]*ast.Module{}
	for _, key := range keys {
		modules[key] = p.Files[key].Module
	}
	if c.Compile(modules); c.Failed() {
		return nil, placed(c.Errors)
	}
	return c, nil
}

// Compiler returns a new compiler for the files. It is strict and reports every
// error.
func (p *Parsed) Compiler() (*ast.Compiler, error) {
	schemas, err := schemaSet()
	if err != nil {
		return nil, err
	}
	for _, s := range p.data.schemas {
		schemas.Put(s.name(), s.json)
	}
	return ast.NewCompiler().
		WithStrict(true).
		WithCapabilities(Capabilities()).
		WithSchemas(schemas).
		WithUseTypeCheckAnnotations(true).
		WithPathConflictsCheck(p.data.exists).
		SetErrorLimit(0), nil
}

// placed are OPA's errors as problems.
func placed(errs ast.Errors) Problems {
	out := make(Problems, len(errs))
	for i, e := range errs {
		message := strings.Join(strings.Fields(e.Message), " ")
		if d, ok := e.Details.(interface{ Lines() []string }); ok {
			message += " " + details(e.Message, d.Lines())
		}
		if out[i].Message = message; e.Location != nil {
			out[i] = Problem{e.Location.File, e.Location.Row, e.Location.Col, strings.TrimSpace(message)}
		}
	}
	return out
}

// ProblemOf is an error of OPA's compiler as a problem.
func ProblemOf(e *ast.Error) Problem { return placed(ast.Errors{e})[0] }

// details joins what OPA says beside a message. For an undefined reference it
// repeats the reference in the first two lines.
func details(message string, lines []string) string {
	if strings.HasPrefix(message, "undefined ref") {
		lines = lines[min(2, len(lines)):]
	}
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}
