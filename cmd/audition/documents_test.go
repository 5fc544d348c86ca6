package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/profile"
)

// TestProgram builds the program as the Containerfile does, and types with it what
// the documents tell a person to type.
func TestProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("long, in processes of its own")
	}
	t.Setenv("PATH", contained(t)+string(os.PathListSeparator)+os.Getenv("PATH"))
	t.Setenv("CGO_ENABLED", "0")                  // so that make compiles no more than it links
	t.Setenv("MAKEFLAGS", "--no-print-directory") // when make runs this test
	t.Run("README", readme)
	t.Run("tutorial", func(t *testing.T) {
		follow(t, "../../examples/acme-policy/README.md", t.TempDir(), 14)
	})
	t.Run("CONTRIBUTING", func(t *testing.T) {
		dir := t.TempDir()
		for _, what := range []string{"internal", "policies"} { // what make rule compiles
			if err := os.CopyFS(filepath.Join(dir, what), os.DirFS(filepath.Join("../..", what))); err != nil {
				t.Fatal(err)
			}
		}
		for _, file := range []string{"Makefile", "go.mod", "go.sum"} {
			data, err := os.ReadFile(filepath.Join("../..", file))
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, file), data, 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		t.Setenv("GOFLAGS", os.Getenv("GOFLAGS")+" -trimpath") // so that what is compiled once is the same in every directory
		follow(t, "../../.github/CONTRIBUTING.md", dir, 3)
	})
}

var console = regexp.MustCompile("(?ms)^```console\n(.*?)^```")

// readme types every command of the README's transcripts and compares what
// they print. A line "…" in a transcript stands for lines left out.
func readme(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, block := range console.FindAllStringSubmatch(string(text), -1) {
		count += typed(t, block[1])
	}
	if count < 3 {
		t.Errorf("%d commands in the README", count)
	}
}

// typed types the commands of a transcript and compares what they print. It
// returns how many there were. The repository that a reader has is one of testdata.
func typed(t *testing.T, transcript string) (count int) {
	t.Helper()
	dir := ""
	for _, part := range strings.Split("\n"+transcript, "\n$ ")[1:] {
		command, want, _ := strings.Cut(part, "\n")
		if command == "make test" {
			continue // that is what runs this test
		}
		count++
		if command == "cd your-repository" {
			dir = t.TempDir()
			if err := os.CopyFS(dir, os.DirFS("cmd/audition/testdata/your-repository")); err != nil {
				t.Fatal(err)
			}
			continue
		}
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir = dir
		out, _ := cmd.CombinedOutput()
		if got := string(out); !shows(want, got) {
			t.Errorf("$ %s\n got:\n%s\nwant:\n%s", command, got, want)
		}
	}
	return count
}

// shows tells whether a transcript is what was printed, with lines, or a part of a
// line, left out where it says so.
func shows(transcript, printed string) bool {
	const gap = "\n…\n"
	rest := "\n" + strings.TrimSpace(printed) + "\n"
	parts := strings.Split("\n"+strings.TrimSpace(transcript)+"\n", gap)
	open := parts[len(parts)-1] == "" // it ends with lines left out
	for i, part := range parts {
		at := regexp.MustCompile(strings.ReplaceAll(regexp.QuoteMeta(part), "…", "[^\n]*")).FindStringIndex(rest)
		if at == nil || i == 0 && at[0] > 0 {
			return false
		}
		rest = rest[at[1]:]
	}
	return open || rest == "" || rest == "\n"
}

func TestShows(t *testing.T) {
	const printed = "one\ntwo\nthree\nfour\n"
	for transcript, want := range map[string]bool{
		"one\ntwo\nthree\nfour": true, "one\n…\nfour": true, "one\n…\nthree\nfour": true, "one\n…\nthree\n…\nfour": true, "one\n…": true, "…\nthree\nfour": true,
		"on…\n…\nf…r": true, "one\nt…\nthree\nfour": true, "one\nt…\nfour": false,
		"one\ntwo": false, "two\n…\nfour": false, "one\n…\nfive\n…\nfour": false, "one\n…\nthree": false, "": false,
	} {
		if got := shows(transcript, printed); got != want {
			t.Errorf("shows(%q) = %v", transcript, got)
		}
	}
}

var fenced = regexp.MustCompile("(?ms)^```yaml\n(.*?)^```")

// TestREADMEDocuments reads every YAML document that the README shows.
func TestREADMEDocuments(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := fenced.FindAllSubmatch(readme, -1)
	for _, block := range blocks {
		if bytes.Contains(block[1], []byte("kind: Configuration")) {
			_, err = config.Parse("README.md", block[1])
		} else {
			_, err = profile.Load("README.md", block[1])
		}
		if err != nil {
			t.Error(err)
		}
	}
	if len(blocks) < 2 {
		t.Errorf("%d documents", len(blocks))
	}
}

var step = regexp.MustCompile("(?ms)^```(console|\\w+ (\\S+))\n(.*?)^```")

// follow does what a document says, step by step, in a directory: it writes the
// files that are shown, and types the commands.
func follow(t *testing.T, document, dir string, atLeast int) {
	t.Helper()
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	steps := step.FindAllStringSubmatch(string(text), -1)
	for _, s := range steps {
		if file := s[2]; file != "" {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(s[3]), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		typed(t, s[3])
	}
	if len(steps) < atLeast {
		t.Errorf("%d steps", len(steps))
	}
}
