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
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/version"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/policies"
)

// Source is a tree of Rego files and the name it has in messages and verdicts.
// Its packages are org.…, those of the builtin source maestro.… and gate.
type Source struct {
	Name string
	FS   fs.FS
	// Trusted sources are believed to end and to need little memory.
	Trusted bool
	builtin bool
}

// Untrusted tells whether nobody vouches for a source: it runs in a goroutine of
// its own within a time limit, and its caller has to bound its memory.
func (s Source) Untrusted() bool { return !s.builtin && !s.Trusted }

// Builtin is the source of the rules and gates that come with the program.
func Builtin() Source { return Source{Name: "builtin", FS: policies.FS, builtin: true} }

// Loaded is a source as it was loaded.
type Loaded struct {
	Source string `json:"source"`
	// Digest is the SHA-256 of its Rego files and their paths, tests left out.
	Digest string `json:"digest"`
}

// Engine is a compiled set of rules and gates.
type Engine struct {
	rules  []maestro.Rule
	gates  []gate
	loaded []Loaded
	files  map[string]file // by rule id
	read   map[string]file // all of them
	// untrusted is set when one of the sources is.
	untrusted bool

	findings rego.PreparedEvalQuery
	decide   rego.PreparedEvalQuery
}

// OPAVersion returns the version of the embedded OPA.
func OPAVersion() string { return version.Version }

// Load compiles the sources. Its errors are lines of file:line: message. A set
// without a single rule is an error, and so is one that is not compiled when ctx
// ends.
func Load(ctx context.Context, framework *maestro.Framework, sources ...Source) (*Engine, error) {
	untrusted := slices.ContainsFunc(sources, Source.Untrusted)
	return within(ctx, "policy: not compiled", untrusted, func() (*Engine, error) {
		e, err := newEngine(ctx, framework, sources)
		if err != nil {
			return nil, err
		}
		e.untrusted = untrusted
		return e, nil
	})
}

func newEngine(ctx context.Context, framework *maestro.Framework, sources []Source) (*Engine, error) {
	e := &Engine{files: map[string]file{}, read: map[string]file{}}
	var errs []error
	for i, s := range sources {
		loaded, err := readSource(i, s, e.read)
		if err != nil {
			errs = append(errs, err)
		}
		e.loaded = append(e.loaded, loaded)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	if err := adopt(e.read); err != nil {
		return nil, err
	}
	compiler, err := compile(e.read)
	if err != nil {
		return nil, err
	}
	if err := e.catalogue(framework, e.read); err != nil {
		return nil, err
	}
	if len(e.rules) == 0 {
		return nil, errors.New("no rule in any policy, expected at least one package with findings")
	}
	if len(e.gates) == 0 {
		return nil, errors.New("no gate in any policy, expected at least one package with reject or review")
	}
	if err := e.prepare(ctx, compiler); err != nil {
		return nil, err
	}
	return e, nil
}

// Rules returns the catalogue, sorted by id.
func (e *Engine) Rules() []maestro.Rule { return e.rules }

// Sources returns what was loaded, in the order of Load.
func (e *Engine) Sources() []Loaded { return e.loaded }

func compile(files map[string]file) (*ast.Compiler, error) {
	modules := map[string]*ast.Module{}
	for key, f := range files {
		modules[key] = f.module
	}
	schemas, err := readSchemas()
	if err != nil {
		return nil, err
	}
	c := ast.NewCompiler().
		WithStrict(true).
		WithCapabilities(capabilities()).
		WithSchemas(schemas).
		WithUseTypeCheckAnnotations(true)
	c.Compile(modules)
	if c.Failed() {
		return nil, placed(c.Errors)
	}
	return c, nil
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

// prepare builds the two queries: an explicit array over the rules of the
// catalogue, and one over the gates.
func (e *Engine) prepare(ctx context.Context, c *ast.Compiler) (err error) {
	rules := make([]string, len(e.rules))
	for i, r := range e.rules {
		rules[i] = "data." + r.Package + ".findings"
	}
	if e.findings, err = prepareQuery(ctx, c, rules); err != nil {
		return err
	}
	gates := make([]string, len(e.gates))
	for i, g := range e.gates {
		gates[i] = "data." + g.pkg + "." + g.decision
	}
	e.decide, err = prepareQuery(ctx, c, gates)
	return err
}

func prepareQuery(ctx context.Context, c *ast.Compiler, terms []string) (rego.PreparedEvalQuery, error) {
	return rego.New(
		rego.Query("["+strings.Join(terms, ", ")+"]"),
		rego.Compiler(c),
		rego.Capabilities(capabilities()),
		rego.Store(inmem.NewFromObjectWithOpts(map[string]any{}, inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))),
		rego.StrictBuiltinErrors(true),
	).PrepareForEval(ctx)
}
