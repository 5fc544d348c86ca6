package policies_test

import (
	"bytes"
	"cmp"
	"context"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/policies"
)

// files returns the Rego files by path.
func files(t testing.TB) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := fs.WalkDir(policies.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".rego" {
			out[name], err = policies.FS.ReadFile(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func parseAll(t testing.TB) map[string]*ast.Module {
	t.Helper()
	out := map[string]*ast.Module{}
	for name, data := range files(t) {
		m, err := ast.ParseModuleWithOpts(name, string(data), ast.ParserOptions{ProcessAnnotation: true})
		if err != nil {
			t.Fatal(err)
		}
		out[name] = m
	}
	return out
}

func framework(t testing.TB) *maestro.Framework {
	t.Helper()
	f, err := rego.Framework()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func engine(t testing.TB) *rego.Engine {
	t.Helper()
	e, err := rego.Load(context.Background(), framework(t), rego.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// ids are those of the rules, by package.
func ids(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, r := range engine(t).Rules() {
		out[r.Package] = r.ID
	}
	return out
}

// called is how the subtests of a module are called: by the id of the rule, so that
// -run chooses a rule, otherwise by the package.
func called(m *ast.Module, ids map[string]string) string {
	pkg := strings.TrimSuffix(strings.TrimPrefix(m.Package.Path.String(), "data."), "_test")
	return cmp.Or(ids[pkg], pkg)
}

// isRule tells whether a file is a rule below a layer folder.
func isRule(name string) bool {
	return strings.Count(name, "/") == 2 && strings.HasPrefix(name, "maestro/") && !strings.HasSuffix(name, "_test.rego")
}

func TestFilesAreFormatted(t *testing.T) {
	for name, data := range files(t) {
		want, err := format.Source(name, data)
		if err != nil {
			t.Error(err)
		} else if !bytes.Equal(want, data) {
			t.Errorf("%s: expected what opa fmt writes", name)
		}
	}
}

func TestPackageIsPath(t *testing.T) {
	for name, m := range parseAll(t) {
		want := strings.ReplaceAll(strings.TrimSuffix(name, ".rego"), "/", ".")
		if dir := path.Dir(name); path.Base(dir) == strings.TrimSuffix(path.Base(name), ".rego") {
			want = strings.ReplaceAll(dir, "/", ".") // gate/gate.rego, maestro/maestro.rego
		}
		if dir := path.Dir(name); strings.HasSuffix(name, "_test.rego") && path.Base(dir)+"_test.rego" == path.Base(name) {
			want = strings.ReplaceAll(dir, "/", ".") + "_test"
		}
		if got := strings.TrimPrefix(m.Package.Path.String(), "data."); got != want {
			t.Errorf("%s: package %s, expected %s", name, got, want)
		}
	}
}

// TestRulesAreSimple keeps what a rule may be written with small enough to read
// at a glance, and free of what makes silence look like a value.
func TestRulesAreSimple(t *testing.T) {
	forbidden := regexp.MustCompile(`\bnull\b|\bwith\b|\bsprintf\b|\bobject\.get\b|\bwalk\b|\bprint\(|\bimport\b|not [^\n]* in \{`)
	all := files(t)
	for name, data := range all {
		if lines := bytes.Count(data, []byte("\n")); lines > 60 && !strings.HasSuffix(name, "_test.rego") {
			t.Errorf("%s: %d lines, expected at most 60", name, lines)
		}
		if !isRule(name) {
			continue
		}
		for i, line := range strings.Split(string(data), "\n") {
			if m := forbidden.FindString(line); m != "" && !strings.HasPrefix(line, "#") {
				t.Errorf("%s:%d: %q has no place in a rule", name, i+1, m)
			}
		}
		if _, ok := all[strings.TrimSuffix(name, ".rego")+"_test.rego"]; !ok {
			t.Errorf("%s: no test beside it", name)
		}
	}
}

var reference = regexp.MustCompile(`^(ASI(0[1-9]|10)|OWASP-T([1-9]|1[0-7])|MAS-T\d\d|BV-\d+|LLM(0[1-9]|10):2026|MCP(0[1-9]|10):2025|` +
	`AST(0[1-9]|10)|NHI([1-9]|10):2025|AML\.(T\d{4}(\.\d{3})?|M\d{4}|CS\d{4})|CWE-\d+|AICM-1\.1 [A-Z&]+-\d\d|AIUC-1 [A-F]\d{3}|` +
	`RMF (GOVERN|MAP|MEASURE|MANAGE) \d\.\d+|EU-AIA \d+|ISO42001 A\.[\d.]+|AISVS C\d+)$`)

// TestMetadata checks what loading does not: the form of ids, threats and
// sentences. Loading checks kinds, severities, layers, controls and ids of rules.
func TestMetadata(t *testing.T) {
	threat := regexp.MustCompile(`^[A-Z].* \((L[1-7]|Cross-Layer|pattern)\)$`)
	rules := engine(t).Rules()
	count := 0
	for name := range files(t) {
		if isRule(name) {
			count++
		}
	}
	if len(rules) != count {
		t.Errorf("%d rules in the catalogue, %d rule files", len(rules), count)
	}
	for _, r := range rules {
		for _, s := range []string{r.Message, r.Remediation, r.Description} {
			if !strings.HasSuffix(s, ".") {
				t.Errorf("%s: expected a sentence, got %q", r.ID, s)
			}
		}
		for _, id := range r.References {
			if !reference.MatchString(id) {
				t.Errorf("%s: references: %q is of no known form", r.ID, id)
			}
		}
		for _, name := range r.Threats {
			if !threat.MatchString(name) {
				t.Errorf("%s: threats: %q, expected a name and its layer in brackets", r.ID, name)
			}
		}
		if r.Layer == maestro.CrossLayer && slices.Contains(r.Layers, maestro.CrossLayer) {
			t.Errorf("%s: a cross-layer rule names the layers that show it", r.ID)
		}
	}
}

// TestEveryLayerHasRules holds the least that the catalogue offers.
func TestEveryLayerHasRules(t *testing.T) {
	count := map[string]int{}
	for _, r := range engine(t).Rules() {
		count[r.Layer]++
	}
	for _, l := range framework(t).Layers {
		if count[l.ID] < 3 {
			t.Errorf("%s has %d rules", l.ID, count[l.ID])
		}
	}
	if count[maestro.CrossLayer] < 4 {
		t.Errorf("%d cross-layer rules", count[maestro.CrossLayer])
	}
}
