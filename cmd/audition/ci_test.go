package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestCIFiles: what examples/ci has is YAML and shell that reads.
func TestCIFiles(t *testing.T) {
	t.Chdir("../..")
	files, err := filepath.Glob("examples/ci/*/*")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range append(files, ".pre-commit-hooks.yaml", "examples/ci/pre-commit/.pre-commit-config.yaml") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(file) == ".sh" {
			if out, err := exec.Command("bash", "-n", file).CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", file, err, out)
			}
			continue
		}
		var object map[string]any
		var list []any
		if yaml.Unmarshal(data, &object) != nil && yaml.Unmarshal(data, &list) != nil {
			t.Errorf("%s: no YAML", file)
		}
	}
}

// contained builds the program as the Containerfile does, and returns the directory
// that it is in: what that file copies is there, and what it runs to build builds.
func contained(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../examples/ci/Containerfile")
	if err != nil {
		t.Fatal(err)
	}
	dir, built, copied := t.TempDir(), 0, 0
	for _, line := range strings.Split(string(data), "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#":
		case words[0] == "COPY" && !strings.HasPrefix(words[1], "--from"):
			for _, source := range words[1 : len(words)-1] {
				copied++
				if _, err := os.Stat(filepath.Join("../..", source)); err != nil {
					t.Error(err)
				}
			}
		case words[0] == "RUN" && strings.Contains(line, "go build"):
			built++
			build := exec.Command("sh", "-c", strings.Replace(strings.TrimPrefix(line, "RUN "), "/audition ", dir+"/audition ", 1))
			build.Dir = "../.."
			if out, err := build.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%s", build, err, out)
			}
		}
	}
	if built != 1 || copied < 4 {
		t.Fatalf("%d builds, %d sources", built, copied)
	}
	return dir
}
