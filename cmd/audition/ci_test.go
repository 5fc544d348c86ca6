package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
)

// ofUs is a version of the program in what examples/ci has.
var ofUs = regexp.MustCompile(`(?:audition/examples/ci/github@|rev: |AUDITION_VERSION: |default: |release )v(\d+\.\d+\.\d+)`)

// TestReleased: whatever names a release names the one that this is, and it is the
// first that CHANGELOG tells of.
func TestReleased(t *testing.T) {
	t.Chdir("../..")
	for file, want := range map[string]int{
		"examples/ci/README.md": 2, "examples/ci/github/action.yaml": 1, "examples/ci/github/workflow.yaml": 1,
		"examples/ci/gitlab/audition.gitlab-ci.yml": 1, "examples/ci/pre-commit/.pre-commit-config.yaml": 1,
	} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		named := ofUs.FindAllSubmatch(data, -1)
		if len(named) != want {
			t.Errorf("%s names %d releases, expected %d", file, len(named), want)
		}
		for _, n := range named {
			if string(n[1]) != session.Version {
				t.Errorf("%s: release %s, this is %s", file, n[1], session.Version)
			}
		}
	}
	changes, err := os.ReadFile(".github/CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	if first := regexp.MustCompile(`(?m)^## (\S+)`).FindSubmatch(changes); first == nil || string(first[1]) != session.Version {
		t.Errorf("CHANGELOG begins with %s, this is %s", first, session.Version)
	}
}

// TestCIFiles: what examples/ci and a release have is YAML and shell that reads.
func TestCIFiles(t *testing.T) {
	t.Chdir("../..")
	files, err := filepath.Glob("examples/ci/*/*")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	files = append(files, ".pre-commit-hooks.yaml", "examples/ci/pre-commit/.pre-commit-config.yaml",
		".goreleaser.yaml", ".github/release.sh", ".github/workflows/release.yaml")
	for _, file := range files {
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
