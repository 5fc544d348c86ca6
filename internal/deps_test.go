package internal

import (
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

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
		name := path.Base(p.ImportPath)
		seen[name] = true
		for _, i := range p.Imports {
			if strings.HasPrefix(i, "github.com/open-policy-agent/opa") && name != "policy" {
				t.Errorf("%s imports OPA, only policy may", name)
			}
			if !strings.HasPrefix(i, module) {
				continue
			}
			if strings.HasPrefix(i, module+"cmd/") {
				t.Errorf("%s imports %s", name, i)
			}
			if strings.HasPrefix(p.ImportPath, module+"internal/") && !slices.Contains(allowed[name], path.Base(i)) {
				t.Errorf("%s imports %s, which the table in internal/README.md does not allow", name, path.Base(i))
			}
			if name == "policies" {
				t.Errorf("policies imports %s", i)
			}
		}
		for _, want := range allowed[name] {
			if !slices.ContainsFunc(p.Imports, func(i string) bool { return strings.HasPrefix(i, module) && path.Base(i) == want }) {
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

var row = regexp.MustCompile(`(?m)^([a-z]+) *:(.*)$`)

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
