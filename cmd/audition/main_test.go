package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/profile"
)

func TestMain(m *testing.M) {
	collectLate()
	testscript.Main(m, map[string]func(){"audition": main})
}

// TestScript runs the stories of testdata/script. Beyond the usual commands,
// "run audition" runs the program in this process, which spares its start, "exits N
// command…" does so and demands an exit code, because ! knows only zero and not, and
// "keypair NAME" makes NAME.pem and its public key NAME.pub. A command that reads
// standard input is run with exec.
func TestScript(t *testing.T) {
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.RunT(serial{t}, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("EXAMPLES", examples)
			e.Setenv("POLICIES", filepath.Join(examples, "../policies"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"run": here, "exits": exits, "keypair": keypair},
	})
}

// serial runs stories one after another: a process has one working directory.
type serial struct{ *testing.T }

func (s serial) Parallel()     {}
func (s serial) Verbose() bool { return testing.Verbose() }
func (s serial) Run(name string, f func(testscript.T)) {
	s.T.Run(name, func(t *testing.T) { f(serial{t}) })
}

// here runs the program as a command of a story.
func here(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 0 || args[0] != "audition" {
		ts.Fatalf("usage: run audition ...")
	}
	if code := inside(ts, args[1:]); (code == session.ExitApprove) == neg {
		ts.Fatalf("exit code %d", code)
	}
}

// inside runs the program in the directory of a story and returns its exit code.
func inside(ts *testscript.TestScript, args []string) int {
	before, err := os.Getwd()
	ts.Check(err)
	ts.Check(os.Chdir(ts.MkAbs(".")))
	defer os.Chdir(before)
	return run(context.Background(), args, strings.NewReader(""), ts.Stdout(), ts.Stderr())
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	switch args[1] {
	case "audition":
		got = inside(ts, args[2:])
	case "exec":
		args = args[1:]
		fallthrough
	default:
		var e *exec.ExitError
		if err := ts.Exec(args[1], args[2:]...); errors.As(err, &e) {
			got = e.ExitCode()
		} else if err != nil {
			ts.Fatalf("%v", err)
		}
	}
	if got != want {
		ts.Fatalf("exit code %d, expected %d", got, want)
	}
}

// everyRule is what moves in every verdict when a rule is added: the digest of the
// builtin policy, and the rules that say nothing. TestBuiltinDigest of rego and the
// tests of assess hold them.
var everyRule = []*regexp.Regexp{
	regexp.MustCompile(`"source": "builtin",\s*"digest": "sha256:[0-9a-f]{64}"`),
	regexp.MustCompile(`"(silent|not_applicable)": \[[^\]]*\]`),
}

// TestExamples keeps examples/*/verdict.json equal to what the program says.
func TestExamples(t *testing.T) {
	t.Chdir("../..")
	profiles, err := filepath.Glob("examples/*/profile.yaml")
	if err != nil || len(profiles) < 3 {
		t.Fatalf("%d examples, %v", len(profiles), err)
	}
	const descriptor = "/.claude/settings.json"
	for _, file := range append(profiles, "examples/claude-project"+descriptor) {
		dir := strings.TrimSuffix(strings.TrimSuffix(file, descriptor), "/profile.yaml")
		t.Run(filepath.Base(dir), func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			run(context.Background(), []string{"check", "-o", "json", "--at", "2026-11-24", "--allow-past", filepath.ToSlash(file)}, nil, &stdout, &stderr)
			if stderr.Len() > 0 {
				t.Fatal(stderr.String())
			}
			golden.Compare(t, filepath.Join(dir, "verdict.json"), stdout.Bytes(), everyRule...)
		})
	}
}

// TestAcme keeps the verdict that ACME Bank gives Lutra AI, at the day of the
// tutorial, and holds the bank's rules to their tests.
func TestAcme(t *testing.T) {
	t.Chdir("../..")
	var stdout, stderr bytes.Buffer
	run(context.Background(), strings.Fields("check -o json --questions=false --config examples/acme-policy/team/audition.yaml "+
		"--at 2026-11-24 --allow-past examples/lutra-ai/profile.yaml"), nil, &stdout, &stderr)
	if stderr.Len() > 0 {
		t.Fatal(stderr.String())
	}
	golden.Compare(t, "examples/acme-policy/lutra-ai.json", stdout.Bytes(), everyRule...)
	for _, command := range []string{
		"policy check examples/acme-policy/bank", "policy test --threshold 100 examples/acme-policy/bank",
		"policy fmt --check examples/acme-policy/bank", "policy check --config examples/acme-policy/team/audition.yaml",
	} {
		stdout.Reset()
		if code := run(context.Background(), strings.Fields(command), nil, &stdout, &stderr); code != session.ExitApprove {
			t.Errorf("%s: %d\n%s%s", command, code, stdout.String(), stderr.String())
		}
	}
}

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
