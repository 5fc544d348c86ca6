package internal

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// opa are the packages that may know OPA.
var opa = []string{"rego", "rego/parse", "rego/topdown", "rego/compiled", "rego/lint", "rego/value", "bundle", "author"}

// TestImports holds the imports of every package against the table in
// README.md, in both directions.
func TestImports(t *testing.T) {
	allowed := readTable(t)
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "../...").Output()
	if err != nil {
		t.Fatal(err)
	}
	const module = "github.com/audition-dev/audition/"
	dec := json.NewDecoder(strings.NewReader(string(out)))
	seen := map[string]bool{}
	for dec.More() {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		name, isInternal := strings.CutPrefix(p.ImportPath, module+"internal/")
		seen[name] = isInternal
		for _, i := range p.Imports {
			if strings.HasPrefix(i, "github.com/open-policy-agent/opa") && !slices.Contains(opa, name) {
				t.Errorf("%s imports OPA, only %s may", name, strings.Join(opa, ", "))
			}
			ours, isOurs := strings.CutPrefix(i, module)
			if !isOurs {
				continue
			}
			if of, isCommand := strings.CutPrefix(ours, "cmd/audition/internal/"); isCommand {
				// The program imports its families of commands, and these the session.
				if from := strings.TrimPrefix(name, module); from != "cmd/audition" && (of != "session" || from == ours) {
					t.Errorf("%s imports %s", name, ours)
				}
			} else if strings.HasPrefix(ours, "cmd/") {
				t.Errorf("%s imports %s", name, ours)
			}
			if isInternal && !slices.Contains(allowed[name], strings.TrimPrefix(ours, "internal/")) {
				t.Errorf("%s imports %s, which the table in internal/README.md does not allow", name, ours)
			}
			if p.ImportPath == module+"policies" {
				t.Errorf("policies imports %s", ours)
			}
		}
		for _, want := range allowed[name] {
			if !slices.Contains(p.Imports, module+"internal/"+want) && !slices.Contains(p.Imports, module+want) {
				t.Errorf("the table in internal/README.md lets %s import %s, which it does not", name, want)
			}
		}
	}
	for name := range allowed {
		if !seen[name] {
			t.Errorf("the table in internal/README.md names %s, which is no package", name)
		}
	}
	if len(seen) < len(allowed) {
		t.Errorf("%d packages seen, %d in the table", len(seen), len(allowed))
	}
}

var row = regexp.MustCompile(`(?m)^([a-z0-9/]+) *:(.*)$`)

func readTable(t *testing.T) map[string][]string {
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	table := map[string][]string{}
	for _, m := range row.FindAllStringSubmatch(string(data), -1) {
		table[m[1]] = strings.Fields(m[2])
	}
	if len(table) < 10 {
		t.Fatalf("found %d rows", len(table))
	}
	return table
}

// TestSizes: a package has at most 2,000 lines without its tests, and a file 300.
func TestSizes(t *testing.T) {
	lines := map[string]int{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		data, err := os.ReadFile(path)
		n := bytes.Count(data, []byte("\n"))
		if n > 300 {
			t.Errorf("%s has %d lines", path, n)
		}
		lines[filepath.Dir(path)] += n
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir, n := range lines {
		if n > 2000 {
			t.Errorf("%s has %d lines", dir, n)
		}
	}
}
