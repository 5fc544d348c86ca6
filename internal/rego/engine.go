// Package rego is the engine: it reads policy of several sources, and judges with
// it.
//
// [Compile] parses, checks, type-checks and compiles rules and gates once. What the
// [Policy] then says of itself is a [Catalogue], a plain value; what it says of an
// agent is a [Program]. An [Engine] has the one and asks the other, wherever that
// runs: it needs no compiler and no text of Rego. It is safe for concurrent use.
// [Engine.Findings] runs the rules on a profile, [Engine.Gate] runs the gates on
// what came of them. A rule states facts only: the engine joins its metadata in,
// decides confirmed or possible from the disclosure of its controls, and merges
// findings.
//
// Rules are pure: nondeterministic builtins do not exist for them. An error in
// a rule is an error of the evaluation, never the absence of a finding.
package rego

import (
	"context"
	"errors"
	"slices"

	"github.com/open-policy-agent/opa/v1/version"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego/value"
)

// Program is a list of terms, prepared to be evaluated. It is safe for concurrent
// use.
type Program interface {
	// Eval returns the values of the terms for an input, in their order. The end of
	// ctx is an error, and so is a term without a value. Reading the array takes no
	// longer than its size says. No input is nil.
	Eval(ctx context.Context, input *value.Value) (*value.Value, error)
	// Mode is how it evaluates, which is never Auto.
	Mode() Mode
}

// Evaluator has the values of a policy. [Policy] is one; another one may be
// elsewhere.
type Evaluator interface {
	// Prepare makes a program of terms such as data.org.acme.rule.findings.
	Prepare(ctx context.Context, terms []string) (Program, error)
	// Examples returns the inputs bad and good of the test beside the rule with
	// this id, as JSON values; nil where it has none.
	Examples(ctx context.Context, rule string) (bad, good any, err error)
}

// Engine is a set of rules and gates that judges.
type Engine struct {
	catalogue Catalogue
	evaluator Evaluator
	rules     []maestro.Rule
	running   []*maestro.Rule
	deciding  []Gate
	findings  Program
	decide    Program
	reads     *struct{ rules, gates reads }
}

// OPAVersion returns the version of the embedded OPA.
func OPAVersion() string { return version.Version }

// Load makes an engine of sources. A set without a single rule or gate is an
// error; for others see [Compile].
func Load(ctx context.Context, framework *maestro.Framework, sources ...Source) (*Engine, error) {
	p, err := Compile(ctx, framework, sources...)
	if err != nil {
		return nil, err
	}
	return NewEngine(ctx, p.Catalogue(), p)
}

// NewEngine makes an engine of what a policy says of itself and of what evaluates
// it. A catalogue without a single rule or gate is an error.
func NewEngine(ctx context.Context, c Catalogue, evaluator Evaluator) (*Engine, error) {
	if len(c.Rules) == 0 {
		return nil, errors.New("no rule in any policy, expected at least one package with findings")
	}
	if len(c.Gates) == 0 {
		return nil, errors.New("no gate in any policy, expected at least one package with reject or review")
	}
	e := &Engine{catalogue: c, evaluator: evaluator, deciding: c.Gates}
	for _, r := range c.Rules {
		e.rules = append(e.rules, r.Rule)
	}
	for i := range e.rules {
		e.running = append(e.running, &e.rules[i])
	}
	return e, e.prepare(ctx)
}

// Rules returns the rules, sorted by id.
func (e *Engine) Rules() []maestro.Rule { return e.rules }

// Gates returns the packages of the gates, sorted.
func (e *Engine) Gates() []string { return e.catalogue.Packages() }

// Mode is how rules and gates are evaluated, which is never Auto. It is Topdown where
// one of the two programs is not compiled.
func (e *Engine) Mode() Mode {
	if m := e.findings.Mode(); m != Compiled {
		return m
	}
	return e.decide.Mode()
}

// Catalogue returns what the policy says of itself.
func (e *Engine) Catalogue() Catalogue { return e.catalogue }

// Sources returns what was loaded, in the order of Load.
func (e *Engine) Sources() []Loaded { return e.catalogue.Sources }

// Rule returns the rule with this id.
func (e *Engine) Rule(id string) (maestro.Rule, bool) {
	r, ok := e.entry(id)
	return r.Rule, ok
}

// Text returns the Rego of a rule without its metadata: what a reader has to
// agree with.
func (e *Engine) Text(id string) string {
	r, _ := e.entry(id)
	return r.Text
}

// Reads returns [Rule.Reads] of a rule.
func (e *Engine) Reads(id string) []string { return e.catalogue.Reads(id) }

func (e *Engine) entry(id string) (Rule, bool) {
	i := slices.IndexFunc(e.catalogue.Rules, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return Rule{}, false
	}
	return e.catalogue.Rules[i], true
}

// Examples returns the inputs bad and good of the test beside a rule, as JSON
// values; nil where a rule has none.
func (e *Engine) Examples(ctx context.Context, id string) (bad, good any, err error) {
	return e.evaluator.Examples(ctx, id)
}

// Without returns an engine that does not run some rules, by id, and some gates,
// by package. It still knows them. To run no rule or no gate is an error.
func (e *Engine) Without(ctx context.Context, off []string) (*Engine, error) {
	if len(off) == 0 {
		return e, nil
	}
	f := *e
	f.running = slices.DeleteFunc(slices.Clone(e.running), func(r *maestro.Rule) bool { return slices.Contains(off, r.ID) })
	f.deciding = slices.DeleteFunc(slices.Clone(e.deciding), func(g Gate) bool { return slices.Contains(off, g.Package) })
	if len(f.running) == 0 {
		return nil, errors.New("every rule is off, expected at least one that runs")
	}
	if len(f.deciding) == 0 {
		return nil, errors.New("every gate is off, expected at least one that decides")
	}
	return &f, f.prepare(ctx)
}

// prepare builds the two programs: an explicit array over the rules that run, and
// one over what the gates decide.
func (e *Engine) prepare(ctx context.Context) (err error) {
	var rules, gates []string
	for _, r := range e.running {
		rules = append(rules, "data."+r.Package+".findings")
	}
	for _, g := range e.deciding {
		gates = append(gates, g.Terms()...)
	}
	if e.findings, err = e.evaluator.Prepare(ctx, rules); err != nil {
		return err
	}
	e.reads = &struct{ rules, gates reads }{}
	e.decide, err = e.evaluator.Prepare(ctx, gates)
	return err
}
