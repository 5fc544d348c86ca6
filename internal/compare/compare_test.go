//go:build unix

package compare

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/verdict"
)

var (
	agents = flag.Int("agents", 0, "how many agents to compare on; 0 is a few, where the peers are installed")
	rounds = flag.Int("rounds", 3, "how often to measure; the medians count")
	long   = flag.Bool("long", false, "judge also ten times as many agents")
	limit  = flag.Duration("limit", 10*time.Minute, "how long one run may take")
	page   = flag.Bool("page", false, "write README.md")
)

// bench is one comparison.
type bench struct {
	*testing.T
	dir                           string // of all that is written
	audition, conftestBin, opaBin string
	agents, rounds, copies        int
	tools                         []int
	examples                      string  // a pattern
	rules, more                   *policy // more has copies
	lines                         int     // of all YAML
}

// TestCompare compares what the programs find, and then what they take for it: in
// minutes, or in some seconds with the few agents of a run without flags.
func TestCompare(t *testing.T) {
	b := &bench{T: t, dir: t.TempDir(), agents: *agents, rounds: *rounds, copies: 9, tools: []int{0, 10, 100, 1000}, examples: "*"}
	bin := os.Getenv(binEnv)
	if b.agents == 0 {
		b.agents, b.rounds, b.copies, b.tools, b.examples = 20, 1, 1, []int{0, 10}, "release-notes"
		for _, p := range []peer{conftest, opa} {
			if _, ok := p.in(bin); !ok || testing.Short() {
				t.Skipf("no %s %s in %s, or a short run", p.name, p.version, binEnv)
			}
		}
	}
	if bin == "" {
		bin = t.TempDir()
	}
	b.conftestBin, b.opaBin, b.audition = conftest.install(t, bin), opa.install(t, bin), b.path("audition")
	if out, err := exec.Command("go", "build", "-trimpath", "-o", b.audition, "../../cmd/audition").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	b.prepare()
	text := ""
	for _, part := range []func() string{b.many, b.stages, b.one, b.moreTools, b.moreRules, b.questions} {
		said := part()
		t.Log("\n" + said)
		text += "\n" + said
	}
	if *page {
		b.try(os.WriteFile("README.md", []byte(strings.TrimPrefix(text, "\n")), 0o644))
	}
}

func (b *bench) try(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

// prepare writes rules and agents, for the program as people write them, for the
// peers as the program gives them to its rules.
func (b *bench) prepare() {
	var err error
	b.rules, err = newPolicy(0)
	b.try(err)
	b.more, err = newPolicy(b.copies)
	b.try(err)
	b.try(b.rules.write(b.path("policy")))
	b.try(b.more.write(b.path("policy-more")))
	b.try(writeFiles(b.path("copies"), b.more.copied))
	b.put("", "more.yaml", []byte("apiVersion: audition/v1\nkind: Configuration\npolicies: [{path: copies, trusted: true}]\n"))

	var lines, documents bytes.Buffer
	for i := range b.agents {
		a, err := newAgent("agent", i, -1)
		b.try(err)
		b.put("yaml", a.name+".yaml", a.yaml)
		b.put("json", a.name+".json", b.input(a.profile))
		lines.Write(append(a.json, '\n'))
		documents.WriteString("---\n" + string(a.yaml))
		b.lines += bytes.Count(a.yaml, []byte("\n"))
	}
	b.put("", "agents.ndjson", lines.Bytes())
	b.put("", "agents.yaml", documents.Bytes())
}

func (b *bench) put(folder, name string, data []byte) {
	b.try(os.MkdirAll(b.path(folder), 0o700))
	b.try(os.WriteFile(filepath.Join(b.path(folder), name), data, 0o600))
}

// input is what rules read of a profile.
func (b *bench) input(p *profile.Profile) []byte {
	f, err := rego.Framework()
	b.try(err)
	s, err := rego.NewSubject(p, facts.Derive(p, f))
	b.try(err)
	values, err := ast.JSON(s.Input().AST().Value)
	b.try(err)
	data, err := json.Marshal(values)
	b.try(err)
	return data
}

// command is a program that runs where everything is written, and may end with codes.
func (b *bench) command(codes []int, args ...string) *command {
	return &command{dir: b.dir, args: args, codes: codes}
}

// check is the program without questions, and without configuration where no flags
// name one.
func (b *bench) check(path string, flags ...string) *command {
	if len(flags) == 0 {
		flags = []string{"--no-config"}
	}
	return b.command([]int{0}, append([]string{b.audition, "check", path, "-o", "ndjson", "--questions=false", "--exit-zero"}, flags...)...)
}

func (b *bench) conftest(policy, path string) *command {
	return b.command([]int{0, 1}, b.conftestBin, "test", "-o", "json", "-p", policy, path)
}

func (b *bench) opaExec(policy, path string) *command {
	return b.command([]int{0}, b.opaBin, "exec", "--log-level", "error", "--decision", "main/deny", "-b", policy, path)
}

func (b *bench) opaEval(path string) *command {
	return b.command([]int{0}, b.opaBin, "eval", "-d", "policy", "-i", path, "data.main.deny")
}

// found is what a peer prints, which ends with one of the codes of c.
func (b *bench) found(c *command) map[string]raw {
	b.Helper()
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Dir = c.dir
	out, err := cmd.Output()
	if err != nil && !slices.Contains(c.codes, cmd.ProcessState.ExitCode()) {
		b.Fatalf("%s: %v", c.args[0], err)
	}
	found, err := peerFindings(out)
	b.try(err)
	return found
}

// same requires that peers find the same on the agents of a folder, and the program
// what a policy makes of that, in every form in which it reads them. A form that it
// refuses is not measured. It returns the findings, and how often what was decided.
func (b *bench) same(p *policy, folder string, peers []*command, forms ...*command) (want map[string][]string, decisions map[verdict.Decision]int) {
	b.Helper()
	found := b.found(peers[0])
	for _, other := range peers[1:] {
		alike(b, other.args, found, b.found(other))
	}
	paths, err := filepath.Glob(filepath.Join(b.path(folder), "*.yaml"))
	b.try(err)
	want, err = joined(p, paths, found)
	b.try(err)
	for _, form := range forms {
		got, decided, err := judged(form)
		if form.err = err; err == nil {
			alike(b, form.args, want, got)
			decisions = decided
		}
	}
	return want, decisions
}

// alike requires that a program finds of every agent what is wanted.
func alike[F any](b *bench, program []string, want, got map[string]F) {
	b.Helper()
	if len(got) != len(want) {
		b.Fatalf("%s: %d agents, want %d", program, len(got), len(want))
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !reflect.DeepEqual(want[name], got[name]) {
			b.Fatalf("%s: %s:\ngot  %v\nwant %v", program, name, got[name], want[name])
		}
	}
}
