// Package policy evaluates Rego. It is the only package that knows OPA.
//
// [Load] parses, checks, type-checks and compiles rules and gates once; the
// [Engine] is then safe for concurrent use. [Engine.Findings] runs the rules on
// a profile, [Engine.Gate] runs the gates on what came of them. A rule states
// facts only: the engine joins its metadata in, decides confirmed or possible
// from the disclosure of its controls, and merges and suppresses findings.
//
// Rules are pure: nondeterministic builtins do not exist for them. An error in
// a rule is an error of the evaluation, never the absence of a finding.
package policy

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/version"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/policies"
)

// Source is a tree of Rego files and data documents. Its packages and its data
// are org.…, those of the builtin source maestro.… and gate. A data document is
// data.json, data.yaml or data.yml, and is the data at the path of its folder; a
// JSON Schema may stand beside it as data.jsonschema.
type Source struct {
	// Name is what the source is called in messages and verdicts.
	Name string
	FS   fs.FS
	// File is the one file of FS that counts; "" for all. It is a Rego file or a
	// data document, which may have any name and is data at the root; a schema
	// beside it has the same name and ends in .jsonschema.
	File string
	// Revision and Roots are those of the manifest of a bundle; nobody else has
	// packages or data below its roots. Roots is nil for what is no bundle.
	Revision string
	Roots    []string
	// Key is the id of the key that verified the signature; "" when not verified.
	Key     string
	builtin bool
}

// Builtin is the source of the rules and gates that come with the program.
func Builtin() Source { return Source{Name: "builtin", FS: policies.FS, builtin: true} }

// Loaded is a source as it was loaded.
type Loaded struct {
	Source string `json:"source"`
	// Digest is the SHA-256 of its Rego files, tests left out, its data documents,
	// their schemas and the manifest of a bundle, each with its path.
	Digest string `json:"digest"`
	// Revision is that of a bundle.
	Revision string `json:"revision"`
	// Key is the id of the key that verified the signature of a bundle.
	Key string `json:"key,omitempty"`
}

// Engine is a compiled set of rules and gates.
type Engine struct {
	rules  []maestro.Rule
	gates  []gate
	loaded []Loaded
	files  map[string]file     // by rule id
	reads  map[string][]string // by rule id
	read   map[string]file     // all of them
	data   *dataTree

	compiler *ast.Compiler
	running  []*maestro.Rule
	deciding []gate
	findings rego.PreparedEvalQuery
	decide   rego.PreparedEvalQuery
}

// OPAVersion returns the version of the embedded OPA.
func OPAVersion() string { return version.Version }

// Load compiles the sources. Its errors are lines of file:line: message. A set
// without a single rule is an error.
func Load(ctx context.Context, framework *maestro.Framework, sources ...Source) (*Engine, error) {
	in := inputs{files: map[string]file{}}
	e := &Engine{files: map[string]file{}, reads: map[string][]string{}, read: in.files}
	var errs []error
	for i, s := range sources {
		loaded, err := readSource(i, s, &in)
		errs = append(errs, err)
		e.loaded = append(e.loaded, loaded)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if err := errors.Join(empty(sources, in), owned(sources, in)); err != nil {
		return nil, err
	}
	var err error
	if e.data, err = mergeData(in); err != nil {
		return nil, err
	}
	if err := adopt(e.read, e.data); err != nil {
		return nil, err
	}
	if err := e.catalogue(framework, e.read); err != nil {
		return nil, err
	}
	if e.compiler, err = compile(e.read, e.data); err != nil {
		return nil, err
	}
	if len(e.rules) == 0 {
		return nil, errors.New("no rule in any policy, expected at least one package with findings")
	}
	if len(e.gates) == 0 {
		return nil, errors.New("no gate in any policy, expected at least one package with reject or review")
	}
	for i := range e.rules {
		id := e.rules[i].ID
		e.running, e.reads[id] = append(e.running, &e.rules[i]), reads(e.files[id].module)
	}
	e.deciding = e.gates
	return e, e.prepare(ctx)
}

// Rules returns the catalogue, sorted by id.
func (e *Engine) Rules() []maestro.Rule { return e.rules }

// Gates returns the packages of the gates, sorted.
func (e *Engine) Gates() []string {
	var out []string
	for _, g := range e.gates {
		out = append(out, g.pkg)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Without returns an engine that does not run some rules, by id, and some gates,
// by package. It still knows them. To run no rule or no gate is an error.
func (e *Engine) Without(ctx context.Context, off []string) (*Engine, error) {
	if len(off) == 0 {
		return e, nil
	}
	f := *e
	f.running = slices.DeleteFunc(slices.Clone(e.running), func(r *maestro.Rule) bool { return slices.Contains(off, r.ID) })
	f.deciding = slices.DeleteFunc(slices.Clone(e.deciding), func(g gate) bool { return slices.Contains(off, g.pkg) })
	if len(f.running) == 0 {
		return nil, errors.New("every rule is off, expected at least one that runs")
	}
	if len(f.deciding) == 0 {
		return nil, errors.New("every gate is off, expected at least one that decides")
	}
	return &f, f.prepare(ctx)
}

// Sources returns what was loaded, in the order of Load.
func (e *Engine) Sources() []Loaded { return e.loaded }

func compile(files map[string]file, data *dataTree) (*ast.Compiler, error) {
	modules := map[string]*ast.Module{}
	for key, f := range files {
		modules[key] = f.module
	}
	c, err := newCompiler(data)
	if err != nil {
		return nil, err
	}
	c.Compile(modules)
	if c.Failed() {
		return nil, placed(c.Errors)
	}
	return c, nil
}

// newCompiler returns a compiler that is strict and reports every error.
func newCompiler(data *dataTree) (*ast.Compiler, error) {
	schemas, err := readSchemas()
	if err != nil {
		return nil, err
	}
	for _, s := range data.schemas {
		schemas.Put(s.name(), s.json)
	}
	return ast.NewCompiler().
		WithStrict(true).
		WithCapabilities(capabilities()).
		WithSchemas(schemas).
		WithUseTypeCheckAnnotations(true).
		WithPathConflictsCheck(data.exists).
		SetErrorLimit(0), nil
}

// placed writes OPA's errors as lines of file:line:column: message.
func placed(errs ast.Errors) error {
	out := make([]error, len(errs))
	for i, e := range errs {
		message := strings.Join(strings.Fields(e.Message), " ")
		if d, ok := e.Details.(interface{ Lines() []string }); ok {
			message += " " + details(e.Message, d.Lines())
		}
		if e.Location == nil {
			out[i] = errors.New(message)
			continue
		}
		out[i] = fmt.Errorf("%s:%d:%d: %s", e.Location.File, e.Location.Row, e.Location.Col, strings.TrimSpace(message))
	}
	return errors.Join(out...)
}

// details joins what OPA says beside a message. For an undefined reference it
// repeats the reference in the first two lines.
func details(message string, lines []string) string {
	if strings.HasPrefix(message, "undefined ref") {
		lines = lines[min(2, len(lines)):]
	}
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}

// prepare builds the two queries: an explicit array over the rules that run, and
// one over the gates.
func (e *Engine) prepare(ctx context.Context) (err error) {
	var rules, gates []string
	for _, r := range e.running {
		rules = append(rules, "data."+r.Package+".findings")
	}
	if e.findings, err = prepareQuery(ctx, e.compiler, e.data, rules); err != nil {
		return err
	}
	for _, g := range e.deciding {
		gates = append(gates, "data."+g.pkg+"."+g.decision)
	}
	e.decide, err = prepareQuery(ctx, e.compiler, e.data, gates)
	return err
}

func prepareQuery(ctx context.Context, c *ast.Compiler, data *dataTree, terms []string) (rego.PreparedEvalQuery, error) {
	return rego.New(
		rego.Query("["+strings.Join(terms, ", ")+"]"),
		rego.Compiler(c),
		rego.Capabilities(capabilities()),
		rego.Store(data.store),
		rego.StrictBuiltinErrors(true),
	).PrepareForEval(ctx)
}

// evaluate runs a prepared query and returns its array. It stops when ctx ends.
func evaluate(ctx context.Context, q rego.PreparedEvalQuery, input ast.Value) (*ast.Array, error) {
	if err := ctx.Err(); err != nil {
		return nil, stopped(err)
	}
	cancel := topdown.NewCancel()
	defer context.AfterFunc(ctx, cancel.Cancel)()
	results, err := q.Eval(ctx,
		rego.EvalParsedInput(input),
		rego.EvalMetrics(metrics.NoOp()),
		rego.EvalExternalCancel(cancel),
		rego.EvalGenerateJSON(func(t *ast.Term, _ *rego.EvalContext) (any, error) { return t.Value, nil }))
	if err := ctx.Err(); err != nil {
		return nil, stopped(err)
	}
	if err != nil {
		return nil, evalError(err)
	}
	if len(results) == 1 && len(results[0].Expressions) == 1 {
		if array, ok := results[0].Expressions[0].Value.(*ast.Array); ok {
			return array, nil
		}
	}
	return nil, errors.New("evaluation: a rule has no value, expected every rule to define findings")
}

func stopped(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("evaluation: not done within the time limit: %w", err)
	}
	return fmt.Errorf("evaluation: %w", err)
}

func evalError(err error) error {
	var e *topdown.Error
	if errors.As(err, &e) && e.Location != nil {
		return fmt.Errorf("%s:%d:%d: %s", e.Location.File, e.Location.Row, e.Location.Col, e.Message)
	}
	return fmt.Errorf("evaluation: %w", err)
}
