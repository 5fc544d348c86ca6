package author

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/loader"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/policies"

	"github.com/audition-dev/audition/internal/rego"
)

// measured measures all parts of a suite.
func measured(ctx context.Context, s *Suite, agent rego.Subject, atLeast time.Duration, watch Stopwatch) (costs []Cost, err error) {
	gates, err := rego.GateInput(agent, judged(9.5, 10))
	if err != nil {
		return nil, err
	}
	for _, part := range Parts(s.Catalogue()) {
		cost, err := s.Measure(ctx, part, agent.Input(), gates, atLeast, watch)
		if err != nil {
			return nil, err
		}
		costs = append(costs, cost)
	}
	return costs, nil
}

func TestBench(t *testing.T) {
	s := opened(t, source(append(tested("org.test.rule"), "gate.rego", silent)...))
	now, names := time.Duration(0), []string{}
	watch := func() time.Duration { now += time.Millisecond; return now }
	all, err := measured(context.Background(), s, subject(t, example(t)), 10*time.Millisecond, watch)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		names = append(names, c.Name)
	}
	if want := []string{"evaluation itself", "total", "builtin rules and gates", "org.test/rule", "org.none.gate"}; !slices.Equal(names, want) {
		t.Errorf("measured %q, expected %q", names, want)
	}
	costs := Sum(all)
	// By this watch every look at it takes a millisecond: 10 runs in 11 looks.
	if costs.Total.Runs != 10 || costs.Total.Time != 1100*time.Microsecond || costs.Fixed != (Cost{"evaluation itself", "", 1100 * time.Microsecond, 10}) {
		t.Errorf("total %+v, fixed %+v", costs.Total, costs.Fixed)
	}
	if len(costs.Each) != 3 || costs.Each[1] != (Cost{"org.test/rule", "rule", 0, 10}) || costs.Each[2] != (Cost{"org.none.gate", "gate", 0, 10}) {
		t.Errorf("each %+v", costs.Each)
	}
}

func TestBenchStops(t *testing.T) {
	s := opened(t, source("rule.rego", module("org.test.rule", endless)))
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	watch := func() time.Duration { return 0 } // It never ends by itself.
	if _, err := measured(ctx, s, subject(t, agent(t, "model: {name: loop}")), time.Second, watch); err == nil {
		t.Error("no error")
	}
}

func TestFormat(t *testing.T) {
	got, err := Format("a.rego", []byte("package   a\nx:=1\n\n\n# end\ny   if{x==1}"))
	if want := "package a\n\nx := 1\n\n# end\ny if x == 1\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v", got, err)
	}
	again, err := Format("a.rego", got)
	if err != nil || !bytes.Equal(again, got) {
		t.Errorf("again %q, %v", again, err)
	}
	for text, want := range map[string]string{
		"":                      "a.rego:1:1: expected a package, got an empty file",
		"hello":                 "a.rego:1:1: package expected",
		"package a\n\nx if {":   "a.rego:3:6: unexpected eof token x if { ^",
		"package a\nx[y] {y=1}": "a.rego:2:1: `if` keyword is required before rule body",
	} {
		if _, err := Format("a.rego", []byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

// written writes a new policy to a directory.
func written(t *testing.T, name string) string {
	t.Helper()
	files, err := New(name)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestNew: what is written holds everything that is asked of a policy.
func TestNew(t *testing.T) {
	for _, name := range []string{"acme", "z", "a_1"} {
		dir := written(t, name)
		s := opened(t, rego.Source{Name: "policies", FS: os.DirFS(filepath.Join(dir, "policies"))})
		if problems, err := s.House(context.Background()); err != nil || len(problems) > 0 {
			t.Errorf("%s: house: %v, %v", name, problems, err)
		}
		if rules, gates := Rules(s.Catalogue()), Gates(s.Catalogue()); len(rules) != 1 || rules[0].ID != "org."+name+"/personal-data-unassessed" || len(gates) != 1 || gates[0].Package != "org."+name+".gate" {
			t.Errorf("%s: %+v, %+v", name, rules, gates)
		}
		run, err := s.Test(context.Background(), "", time.Second)
		if err != nil || len(run.Tests) == 0 || run.Covered != run.Lines {
			t.Errorf("%s: %+v, %v", name, run, err)
		}
		for _, r := range run.Tests {
			if r.Outcome != Passed {
				t.Errorf("%+v", r)
			}
		}
		found := findings(t, s.Engine(), read(t, "example.yaml", contentOf(t, dir, "agents/example.yaml")))
		if !strings.Contains(describe(found), "org."+name+"/personal-data-unassessed") {
			t.Errorf("%s: the example agent passes: %s", name, describe(found))
		}
		for _, file := range []string{"gate", "gate_test", "personal_data_unassessed", "personal_data_unassessed_test"} {
			data := contentOf(t, dir, "policies/"+file+".rego")
			if formatted, err := Format(file, data); err != nil || !bytes.Equal(formatted, data) {
				t.Errorf("%s: %s.rego is not formatted, %v", name, file, err)
			}
		}
	}
}

func contentOf(t *testing.T, dir, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestNewForStockOPA: opa check --strict --schema schema policies accepts it and
// finds a misspelt field.
func TestNewForStockOPA(t *testing.T) {
	dir := written(t, "acme")
	check := func() ast.Errors {
		result, err := loader.NewFileLoader().WithProcessAnnotation(true).All([]string{filepath.Join(dir, "policies")})
		if err != nil {
			t.Fatal(err)
		}
		schemas, err := loader.Schemas(filepath.Join(dir, "schema"))
		if err != nil {
			t.Fatal(err)
		}
		c := ast.NewCompiler().WithStrict(true).WithSchemas(schemas).WithUseTypeCheckAnnotations(true)
		c.Compile(result.ParsedModules())
		return c.Errors
	}
	if errs := check(); len(errs) > 0 {
		t.Error(errs)
	}
	for file, typo := range map[string][2]string{
		"policies/personal_data_unassessed.rego": {"input.derived.private_data", "input.derived.privat_data"},
		"policies/gate.rego":                     {"f.status", "f.staus"},
	} {
		data := contentOf(t, dir, file)
		if err := os.WriteFile(filepath.Join(dir, file), bytes.ReplaceAll(data, []byte(typo[0]), []byte(typo[1])), 0o644); err != nil {
			t.Fatal(err)
		}
		if errs := check(); len(errs) == 0 {
			t.Errorf("%s: nothing said about %s", file, typo[1])
		}
		if err := os.WriteFile(filepath.Join(dir, file), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestNewSchemas are the ones that profiles are read by; the input has all their
// facts.
func TestNewSchemas(t *testing.T) {
	dir := written(t, "acme")
	for _, name := range []string{"profile", "facts", "gate"} {
		want, err := policies.FS.ReadFile("schema/" + name + ".jsonschema")
		if err != nil || !bytes.Equal(contentOf(t, dir, "schema/"+name+".jsonschema"), want) {
			t.Errorf("%s: differs from ours, %v", name, err)
		}
	}
	var input map[string]any
	if err := json.Unmarshal(contentOf(t, dir, "input.json"), &input); err != nil {
		t.Fatal(err)
	}
	if _, isProfile := input["kind"]; isProfile {
		t.Error("input.json looks like a profile")
	}
	for _, f := range profile.Vocabulary() {
		var v any = input
		for _, token := range document.Split(f.Pointer) {
			if list, ok := v.([]any); ok {
				v = list[0]
				continue
			}
			v = v.(map[string]any)[token]
		}
		if v == nil {
			t.Errorf("input.json has no %s", f.Pointer)
		}
	}
	for name := range facts.Derive(agent(t, ""), framework(t)).Claims {
		if _, ok := input["derived"].(map[string]any)[name]; !ok {
			t.Errorf("input.json has no derived.%s", name)
		}
	}
}

func TestNewRefusesNames(t *testing.T) {
	for _, name := range []string{"", "Acme", "1a", "a-b", "a.b", "a b", "ä", "_a", "a\n", "../a", "not", "package", "if"} {
		if files, err := New(name); err == nil || files != nil {
			t.Errorf("%q: got %d files, %v", name, len(files), err)
		}
	}
	if _, err := New("import"); err == nil || err.Error() != `"import" is a keyword of Rego, expected a name such as import_inc` {
		t.Errorf("got %v", err)
	}
}
