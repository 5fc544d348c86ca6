//go:build unix

package compare

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/audition-dev/audition/internal/advise"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/assess/assesstest"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/verdict"
)

const introText = `# How fast, beside others

[conftest](https://www.conftest.dev) and [OPA](https://www.openpolicyagent.org) run the built-in rules of Audition on the same
agents. They get JSON in which the derived facts stand already, and print findings. Audition reads what people write, derives
these facts itself, and beside the findings computes the score, runs the gates and traces every fact to its line. All three find
the same on every agent; else there is no table. ` + "`make bench-compare`" + ` makes this page.

Numbers are ratios of medians to the row or column that is 1: CPU of user and system, time from start to end, and the most memory
that was resident. Less is better; all print to nowhere.
`

// intro says what was compared.
func (b *bench) intro(found map[string][]string, decisions map[verdict.Decision]int) string {
	findings, rules := 0, map[string]bool{}
	for _, lines := range found {
		findings += len(lines)
		for _, l := range lines {
			id, _, _ := strings.Cut(l, " ")
			rules[id] = true
		}
	}
	return introText + fmt.Sprintf(`
conftest %s with OPA %s, OPA %s, Audition with OPA v%s; %s, %s/%s, %d cores; medians of %d rounds.
%s agents, made up, of %d lines on average: %s findings of %d among %d rules; %d approved, %d for review, %d rejected.
`, conftest.version, embeds(b.conftestBin, opa.module), opa.version, rego.OPAVersion(),
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), b.rounds,
		thousands(b.agents), b.lines/b.agents, thousands(findings), len(rules), len(b.rules.packages),
		decisions[verdict.Approve], decisions[verdict.Review], decisions[verdict.Reject])
}

func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// many compares on all agents, and shows how that grows from one.
func (b *bench) many() string {
	conftest, opa := b.conftest("policy", "json"), b.opaExec("policy", "json")
	files, lines, documents := b.check("yaml"), b.check("agents.ndjson"), b.check("agents.yaml")
	text := b.intro(b.same(b.rules, "yaml", []*command{conftest, opa}, files, lines, documents))

	peers, ours := map[int]*command{b.agents: conftest}, map[int]*command{b.agents: files}
	measured := []*command{conftest, opa, files, lines, documents}
	for n := 1; n < b.agents; n *= 100 {
		yaml, json := b.first(n)
		peers[n], ours[n] = b.conftest("policy", json), b.check(yaml)
		measured = append(measured, peers[n], ours[n])
	}
	if *long {
		ours[10*b.agents] = b.check(b.tenfold())
		measured = append(measured, ours[10*b.agents])
	}
	measure(b.rounds, *limit, measured...)
	batch := table{thousands(b.agents) + " agents", "A directory of files, or one file where it says so.", []string{"", "CPU", "time", "memory"}, [][]string{
		row("conftest, JSON", conftest, conftest), row("`opa exec`, JSON", opa, conftest),
		row("Audition, YAML", files, conftest), row("Audition, one file of NDJSON", lines, conftest), row("Audition, one file of YAML documents", documents, conftest),
	}}
	growth := table{"From one agent to many", "CPU is that for each agent: what stays the same from row to row grows with the agents. 1 is conftest on " + thousands(b.agents) + ".",
		[]string{"agents", "CPU, conftest", "CPU, Audition", "memory, conftest", "memory, Audition"}, nil}
	for _, n := range slices.Sorted(maps.Keys(ours)) {
		share := float64(n) / float64(b.agents)
		growth.rows = append(growth.rows, []string{thousands(n), cell(peers[n], conftest, cpu, share), cell(ours[n], conftest, cpu, share),
			cell(peers[n], conftest, peak, 1), cell(ours[n], conftest, peak, 1)})
	}
	return text + "\n" + batch.String() + "\n" + growth.String()
}

// first makes folders of the first n agents, for the program and for the peers.
func (b *bench) first(n int) (yaml, json string) {
	for _, kind := range []string{"yaml", "json"} {
		folder := fmt.Sprintf("%s-%d", kind, n)
		b.try(os.MkdirAll(b.path(folder), 0o700))
		for i := range n {
			name := fmt.Sprintf("agent-%06d.%s", i, kind)
			b.try(os.Link(filepath.Join(b.path(kind), name), filepath.Join(b.path(folder), name)))
		}
	}
	return fmt.Sprintf("yaml-%d", n), fmt.Sprintf("json-%d", n)
}

// tenfold makes a folder of all agents under ten names each.
func (b *bench) tenfold() string {
	const folder = "yaml-tenfold"
	for i := range b.agents {
		name := fmt.Sprintf("agent-%06d", i)
		data, err := os.ReadFile(filepath.Join(b.path("yaml"), name+".yaml"))
		b.try(err)
		for j := range 10 {
			other := fmt.Sprintf("agent-%d-%06d", j, i)
			b.put(folder, other+".yaml", bytes.Replace(data, []byte(name), []byte(other), 1))
		}
	}
	return folder
}

// one compares on one agent, as a person waits for it.
func (b *bench) one() string {
	text, err := os.ReadFile("../../examples/lutra-ai/profile.yaml")
	b.try(err)
	b.put("", "example.yaml", text)
	p, err := load(b.path("example.yaml"))
	b.try(err)
	b.put("", "example.json", b.input(p))
	eval, conftest := b.opaEval("example.json"), b.conftest("policy", "example.json")
	person := []string{b.audition, "check", "--no-config", "--exit-zero", "example.yaml"}
	asking, silent := b.command([]int{0}, person...), b.command([]int{0}, append(person, "--questions=false")...)
	measure(5*b.rounds, *limit, eval, conftest, silent, asking)
	return table{"One agent", "The example Lutra AI, from a cold start to what a person reads.", []string{"", "CPU", "time", "memory"}, [][]string{
		row("`opa eval`", eval, eval), row("`conftest test`", conftest, eval),
		row("Audition without questions", silent, eval), row("Audition", asking, eval),
	}}.String()
}

// moreTools shows what tools cost, with questions and without.
func (b *bench) moreTools() string {
	out := table{"Tools", "CPU for one agent that has so many; 1 is `opa eval` for none.",
		[]string{"tools", "`opa eval`", "`conftest test`", "Audition without questions", "Audition"}, nil}
	const open = 1 // an agent of which something is left to ask, also of its tools
	all, err := newAgent("tools", open, slices.Max(b.tools))
	b.try(err)
	var content map[string]any
	b.try(json.Unmarshal(all.json, &content))
	tools := content["tools"].([]any)
	var rows [][]*command
	for _, n := range b.tools {
		content["tools"] = tools[:n]
		text, err := json.Marshal(content)
		b.try(err)
		name := fmt.Sprintf("tools-%d.json", n)
		b.put("profile", name, text)
		p, err := load(filepath.Join(b.path("profile"), name))
		b.try(err)
		b.put("", name, b.input(p))
		asking := b.check(filepath.Join("profile", name))
		asking.args = slices.DeleteFunc(asking.args, func(arg string) bool { return arg == "--questions=false" })
		rows = append(rows, []*command{b.opaEval(name), b.conftest("policy", name), b.check(filepath.Join("profile", name)), asking})
	}
	measure(b.rounds, *limit, slices.Concat(rows...)...)
	for i, r := range rows {
		out.rows = append(out.rows, columns(thousands(b.tools[i]), r, rows[0][0]))
	}
	return out.String()
}

// moreRules shows what rules cost: the builtin ones, and those with copies of them.
func (b *bench) moreRules() string {
	n := min(200, b.agents)
	yaml, json := b.first(n)
	sizes := []*policy{b.rules, b.more}
	rows := [][]*command{
		{b.conftest("policy", json), b.opaExec("policy", json), b.check(yaml)},
		{b.conftest("policy-more", json), b.opaExec("policy-more", json), b.check(yaml, "--config", "more.yaml")},
	}
	b.same(b.more, yaml, rows[1][:2], rows[1][2])
	measure(b.rounds, *limit, slices.Concat(rows...)...)
	out := table{"Rules", fmt.Sprintf("CPU for %d agents; 1 is conftest with the built-in rules. The others are copies of them, as rules of an organisation.", n),
		[]string{"rules", "conftest", "`opa exec`", "Audition"}, nil}
	for i, r := range rows {
		out.rows = append(out.rows, columns(thousands(len(sizes[i].packages)), r, rows[0][0]))
	}
	return out.String()
}

// columns are the CPU times of commands, as ratios to that of one.
func columns(name string, commands []*command, one *command) []string {
	cells := []string{name}
	for _, c := range commands {
		cells = append(cells, cell(c, one, cpu, 1))
	}
	return cells
}

// questions compares, in one process, the questions of each example with one
// judgement of it, and shows the dearest.
func (b *bench) questions() string {
	ctx := context.Background()
	engine, err := rego.NewEngine(ctx, b.rules.compiled.Catalogue(), b.rules.compiled)
	b.try(err)
	a, err := assesstest.Of(engine, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), profile.Demand{}, assess.Options{})
	b.try(err)
	paths, err := filepath.Glob(filepath.Join("../../examples", b.examples, "profile.yaml"))
	b.try(err)
	costs := map[string]float64{}
	for _, path := range paths {
		p, err := load(path)
		b.try(err)
		cost := func(times int, judge func() (*verdict.Verdict, error)) float64 {
			var took []time.Duration
			for range 2*b.rounds + 1 {
				d, err := spentBy(func() (err error) {
					for range times {
						_, err = judge()
					}
					return err
				})
				b.try(err)
				took = append(took, d)
			}
			return float64(middle(took, func(d time.Duration) time.Duration { return d })) / float64(times)
		}
		alone := cost(20, func() (*verdict.Verdict, error) { return a.Assess(ctx, p) })
		asking := cost(1, func() (*verdict.Verdict, error) { return advise.Assess(ctx, a, p) })
		costs[filepath.Base(filepath.Dir(path))] = asking / alone
	}
	out := table{"Questions", "CPU of a verdict with all its questions; 1 is that of the verdict without, in the same process.", []string{"example", "CPU"}, nil}
	for _, name := range slices.SortedFunc(maps.Keys(costs), func(a, b string) int { return cmp.Compare(costs[b], costs[a]) }) {
		out.rows = append(out.rows, []string{name, ratio(costs[name], 1)})
	}
	return out.String()
}
