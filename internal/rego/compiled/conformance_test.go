package compiled_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/test/cases"
	"github.com/open-policy-agent/opa/v1/test/cases/testdata"
	"github.com/open-policy-agent/opa/v1/util"

	"github.com/audition-dev/audition/internal/rego/compiled"
	"github.com/audition-dev/audition/internal/rego/topdown"
	"github.com/audition-dev/audition/internal/rego/value"
)

// conformance are the cases that OPA holds its own evaluators to.
func conformance(t *testing.T) (all []cases.TestCase) {
	t.Helper()
	err := fs.WalkDir(testdata.V1, "v1", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(testdata.V1, path)
		if err != nil {
			return err
		}
		var s cases.Set
		if err := util.Unmarshal(data, &s); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, s.Cases...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// both is a term prepared for both evaluators.
type both struct {
	slow    *topdown.Program
	fast    *compiled.Program
	refused error
}

func prepare(modules []string, data map[string]any, experimental bool, term string) (b both, err error) {
	ctx := context.Background()
	options := ast.ParserOptions{Capabilities: ast.CapabilitiesForThisVersion(ast.CapabilitiesExperimentalKeywords(experimental))}
	c := ast.NewCompiler().WithCapabilities(options.Capabilities)
	parsed := map[string]*ast.Module{}
	for i, text := range modules {
		name := fmt.Sprintf("test-%d.rego", i)
		if parsed[name], err = ast.ParseModuleWithOpts(name, text, options); err != nil {
			return b, err
		}
	}
	if c.Compile(parsed); c.Failed() {
		return b, c.Errors
	}
	if data == nil {
		data = map[string]any{}
	}
	base, err := value.From(data)
	if err != nil {
		return b, err
	}
	store := inmem.NewFromObjectWithOpts(data, inmem.OptReturnASTValuesOnRead(true))
	if b.slow, err = (topdown.Compiled{Compiler: c, Store: store}).Prepare(ctx, []string{term}); err != nil {
		return b, err
	}
	b.fast, b.refused = compiled.Prepare(ctx, c, base, []string{term})
	return b, nil
}

// agree evaluates an input and tells how the values differ. Where what is compiled
// has an error and the interpreter none, that one takes over.
func (b both) agree(input *value.Value) (takesOver, err error) {
	ctx := context.Background()
	slow, slowErr := b.slow.Eval(ctx, input)
	fast, fastErr := b.fast.Eval(ctx, input)
	switch {
	case slowErr == nil && fastErr != nil:
		return fastErr, nil
	case slowErr != nil && fastErr == nil:
		return nil, fmt.Errorf("the interpreter has an error, and what is compiled %s: %w", fast.AST(), slowErr)
	case slowErr != nil:
		return nil, nil
	}
	want, errWant := value.Encode(slow)
	got, errGot := value.Encode(fast)
	if !bytes.Equal(got, want) {
		err = fmt.Errorf("got  %s\nwant %s", got, want)
	}
	return nil, errors.Join(errWant, errGot, err)
}

// refusable are builtins that depend on more than their arguments, which no policy
// here can call either.
var refusable = []string{
	"http.send", "io.jwt.decode_verify", "io.jwt.encode_sign", "io.jwt.encode_sign_raw", "json.match_schema", "json.verify_schema",
	"net.lookup_ip_addr", "opa.runtime", "rand.intn", "rego.parse_module", "time.now_ns", "uuid.rfc4122",
}

// left are cases that meet an error while they run, so that the interpreter takes
// over, and why.
var left = map[string]string{
	"baseandvirtualdocs/base/virtual: conflicts": "the interpreter passes over data that the whole of a package conflicts with",
	"withkeyword/with conflict":                  "the interpreter has no value where with replaces a part of what has none",
	"data/toplevel integer":                      "a number stands for a name of data",
	"data/nested integer":                        "a number stands for a name of data",
}

// TestConformance: what is compiled has the values that the interpreter has, or an
// error. It has an error wherever the interpreter has one.
func TestConformance(t *testing.T) {
	if testing.Short() {
		t.Skip("long, in one goroutine")
	}
	agreed := 0
	found := map[string]bool{}
	for _, c := range conformance(t) {
		t.Run(c.Note, func(t *testing.T) {
			for k, v := range c.Env {
				t.Setenv(k, v)
			}
			b, err := prepare(c.Modules, dataOf(c), c.ExperimentalKeywords, termOf(c))
			if err != nil {
				t.Skip(err) // of the tests of OPA alone, such as test.sleep
			}
			if b.refused != nil {
				name := strings.TrimSuffix(strings.SplitAfter(b.refused.Error(), ": builtin ")[1], " is not compiled")
				if found[name] = true; !slices.Contains(refusable, name) {
					t.Fatal(b.refused)
				}
				return
			}
			switch took, err := b.agree(inputOf(t, c)); {
			case err != nil:
				t.Error(err)
			case took != nil:
				if found[c.Note] = true; left[c.Note] == "" {
					t.Errorf("the interpreter takes over: %v", took)
				}
			default:
				agreed++
			}
		})
	}
	for _, name := range append(slices.Collect(maps.Keys(left)), refusable...) {
		if !found[name] {
			t.Errorf("%s is no exception", name)
		}
	}
	if agreed < 2250 {
		t.Errorf("%d cases agree", agreed)
	}
}

func dataOf(c cases.TestCase) map[string]any {
	if c.Data == nil {
		return nil
	}
	return *c.Data
}

func inputOf(t *testing.T, c cases.TestCase) *value.Value {
	t.Helper()
	var in ast.Value
	switch {
	case c.InputTerm != nil:
		in = ast.MustParseTerm(*c.InputTerm).Value
	case c.Input != nil:
		in = ast.MustInterfaceToValue(*c.Input)
	default:
		return nil
	}
	var a value.Arena
	v, err := a.FromAST(in)
	if err != nil {
		t.Skip(err)
	}
	return v
}

// termOf is the list of all answers to the query of a case.
func termOf(c cases.TestCase) string {
	body := ast.MustParseBody(c.Query)
	var vars []string
	for v := range body.Vars(ast.VarVisitorParams{SkipRefCallHead: true, SkipClosures: true}) {
		if !v.IsWildcard() && !v.IsGenerated() && !ast.ReservedVars.Contains(v) {
			vars = append(vars, string(v))
		}
	}
	return "[[" + strings.Join(vars, ", ") + "] | " + c.Query + "]"
}
