package compiled_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// TestBuiltinTree: every test of the builtin rules and gates holds by both
// evaluators, and nothing of them is left to the interpreter.
func TestBuiltinTree(t *testing.T) {
	var modules, tests []string
	tree := os.DirFS("../../../policies")
	err := fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".rego") {
			return err
		}
		data, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		m, err := ast.ParseModule(path, string(data))
		if err != nil {
			return err
		}
		modules = append(modules, string(data))
		for _, r := range m.Rules {
			if name := r.Head.Ref().String(); strings.HasPrefix(name, "test_") {
				tests = append(tests, m.Package.Path.String()+"."+name)
			}
		}
		return nil
	})
	if err != nil || len(tests) < 300 {
		t.Fatalf("%d tests, %v", len(tests), err)
	}
	b, err := prepare(modules, nil, false, "["+strings.Join(tests, ", ")+"]")
	if err != nil || b.refused != nil {
		t.Fatal(err, b.refused)
	}
	if took, err := b.agree(nil); took != nil || err != nil {
		t.Error(took, err)
	}
}
