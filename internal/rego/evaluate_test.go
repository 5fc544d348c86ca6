package rego

import (
	"bytes"
	"context"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego/value"
	"github.com/audition-dev/audition/internal/undisclosed"
)

// engines are the builtin policy by each evaluator.
func engines(t testing.TB, sources ...Source) (fast, slow *Engine) {
	t.Helper()
	p, err := Compile(context.Background(), framework(t), append(sources, Builtin())...)
	if err != nil {
		t.Fatal(err)
	}
	for m, to := range map[Mode]**Engine{Compiled: &fast, Topdown: &slow} {
		if *to, err = NewEngine(context.Background(), p.Catalogue(), p.With(m)); err != nil {
			t.Fatal(err)
		}
	}
	return fast, slow
}

// exampleAgents are the examples that come with the program.
func exampleAgents(t testing.TB) (all []*profile.Profile) {
	t.Helper()
	files, err := filepath.Glob("../../examples/*/profile.yaml")
	if err != nil || len(files) < 9 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, read(t, file, data))
	}
	return all
}

// alike tells how the values of two programs differ for an input.
func alike(t *testing.T, fast, slow Program, input *value.Value) {
	t.Helper()
	ctx := context.Background()
	got, err := fast.(*program).fast.Eval(ctx, input) // without the interpreter behind it
	if err != nil {
		t.Errorf("left to the interpreter: %v", err)
		return
	}
	want, err := slow.Eval(ctx, input)
	if err != nil {
		t.Fatal(err)
	}
	x, errX := value.Encode(got)
	y, errY := value.Encode(want)
	if !bytes.Equal(x, y) || errX != nil || errY != nil {
		t.Errorf("got  %s %v\nwant %s %v", x, errX, y, errY)
	}
}

// TestEvaluatorsAgree: on every example, and on examples with other answers, rules
// and gates have the same values, to the byte, by both evaluators.
func TestEvaluatorsAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("long, in one goroutine")
	}
	fast, slow := engines(t)
	r := rand.New(rand.NewSource(7))
	agents := exampleAgents(t)
	for i := range golden.Rounds(2000) {
		p := agents[i%len(agents)]
		if i >= len(agents) {
			for _, f := range facts.Vocabulary(p) {
				if a := undisclosed.Answers(f); len(a) > 0 && r.Intn(12) == 0 {
					p = p.WithAll(undisclosed.Saying(f.Pointer, a[r.Intn(len(a))])...)
				}
			}
		}
		s := subject(t, p)
		alike(t, fast.findings, slow.findings, s.Input())
		found, err := fast.Findings(context.Background(), s)
		if err != nil {
			t.Fatal(err)
		}
		in := given(float64(r.Intn(101))/10, float64(r.Intn(101))/10)
		for _, f := range found {
			in.Findings = append(in.Findings, JudgedFinding{Rule: f.Rule.ID, Layer: f.Rule.Layer, Kind: f.Rule.Kind, Status: f.Status, Severity: f.Severity, Message: f.Message, Term: f.Term})
		}
		in.Config.Disclosure.Floor = [][]string{{"/model/name", "/tools"}, {"/oversight"}}
		gates, err := GateInput(s, in)
		if err != nil {
			t.Fatal(err)
		}
		alike(t, fast.decide, slow.decide, gates)
	}
}

// TestModes: what a mode asks for is done or is an error, and programs say what runs.
func TestModes(t *testing.T) {
	const print = "findings contains {} if internal.print([{input.model.name}])" // is not compiled
	for _, c := range []struct {
		mode             Mode
		body, runs, want string
	}{
		{Auto, fires, "compiled", ""},
		{Compiled, fires, "compiled", ""},
		{Topdown, fires, "topdown", ""},
		{Verify, fires, "verify", ""},
		{Auto, print, "topdown", ""},
		{Topdown, print, "topdown", ""},
		{Compiled, print, "", "engine compiled: acme/rule.rego:11:25: builtin internal.print is not compiled"},
		{Verify, print, "", "engine verify: acme/rule.rego:11:25: builtin internal.print is not compiled"},
	} {
		p, err := Compile(context.Background(), framework(t), source("rule.rego", module("org.test.rule", c.body)))
		if err != nil {
			t.Fatal(err)
		}
		program, err := p.With(c.mode).Prepare(context.Background(), []string{"data.org.test.rule.findings"})
		if c.want != "" {
			if err == nil || err.Error() != c.want {
				t.Errorf("%s: got %v, want %s", c.mode, err, c.want)
			}
			continue
		}
		if err != nil || program.Mode() != Mode(c.runs) {
			t.Errorf("%s: %v, want %s", c.mode, err, c.runs)
			continue
		}
		v, err := program.Eval(context.Background(), subject(t, agent(t, "model: {name: x}")).Input())
		if err != nil || v.Len() != 1 || v.Items()[0].Len() != 1 {
			t.Errorf("%s: %v, %v", c.mode, v, err)
		}
	}
}

// TestVerifyTellsTheDifference that there never should be.
func TestVerifyTellsTheDifference(t *testing.T) {
	policy := func(finding string) *Policy {
		p, err := Compile(context.Background(), framework(t), source("rule.rego", module("org.test.rule", finding)))
		if err != nil {
			t.Fatal(err)
		}
		return p.With(Verify)
	}
	prepared := func(p *Policy) *program {
		q, err := p.Prepare(context.Background(), []string{"data.org.test.rule.findings"})
		if err != nil {
			t.Fatal(err)
		}
		return q.(*program)
	}
	one, other := prepared(policy(`findings contains {"term": "one"}`)), prepared(policy(`findings contains {"term": "other"}`))
	wrong := prepared(policy(`findings contains {} if 1 / input.model.provider_retention`))
	input, err := value.From(map[string]any{"model": map[string]any{"provider_retention": 0}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		slow *program
		want string
	}{
		{one, ""},
		{other, `engine verify: data.org.test.rule.findings: topdown has {{"term": "other"}} and compiled has {{"term": "one"}}`},
		{wrong, "engine verify: topdown has an error and compiled has none: acme/rule.rego:11:25: div: divide by zero"},
	} {
		p := &program{terms: one.terms, mode: Verify, fast: one.fast, slow: c.slow.slow}
		if _, err := p.Eval(context.Background(), input); (err != nil) != (c.want != "") || err != nil && err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}

// TestTakingOver: where what is compiled meets an error, the interpreter decides, and
// it may find none: it passes over a rule whose other condition cannot hold.
func TestTakingOver(t *testing.T) {
	e := rule(t, `findings contains {"facts": [["model", "name"]]} if {
	to_number(input.model.provider) > 1
	input.model.name == "x"
}`)
	s := subject(t, agent(t, "model: {name: y, provider: x}"))
	if _, err := e.findings.(*program).fast.Eval(context.Background(), s.Input()); err == nil || !strings.Contains(err.Error(), "to_number") {
		t.Errorf("compiled: %v", err)
	}
	if found, err := e.Findings(context.Background(), s); err != nil || len(found) != 0 {
		t.Errorf("got %v, %v", found, err)
	}
}

// BenchmarkRules and BenchmarkGates are what evaluating takes, by each evaluator.
func BenchmarkRules(b *testing.B) {
	fast, slow := engines(b)
	in := subject(b, example(b)).Input()
	benchmarkBoth(b, fast.findings, slow.findings, in)
}

func BenchmarkGates(b *testing.B) {
	fast, slow := engines(b)
	s, in := subject(b, example(b)), given(9.5, 10)
	for _, f := range findings(b, fast, example(b)) {
		in.Findings = append(in.Findings, JudgedFinding{Rule: f.Rule.ID, Layer: f.Rule.Layer, Kind: f.Rule.Kind, Status: f.Status, Severity: f.Severity, Message: f.Message, Term: f.Term})
	}
	gates, err := GateInput(s, in)
	if err != nil {
		b.Fatal(err)
	}
	benchmarkBoth(b, fast.decide, slow.decide, gates)
}

func benchmarkBoth(b *testing.B, fast, slow Program, in *value.Value) {
	for _, p := range []Program{fast, slow} {
		b.Run(string(p.Mode()), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Eval(context.Background(), in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
