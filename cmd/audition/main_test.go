package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/golden"
)

func TestMain(m *testing.M) {
	collect(late)
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
		Files:               stories(t),
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

// stories are those of testdata/script. Those whose policy runs in processes of its own,
// where no detector of races sees anything, are long and left out of a short run.
func stories(t *testing.T) []string {
	files, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	return slices.DeleteFunc(files, func(file string) bool {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return testing.Short() && ofOthers.Match(text)
	})
}

var ofOthers = regexp.MustCompile(`--policy |audition policy |(?m)^policies:`)

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
