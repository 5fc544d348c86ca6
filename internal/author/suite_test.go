package author

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/parse"
)

// opened compiles sources with their tests beside the builtin policy.
func opened(t testing.TB, sources ...rego.Source) *Suite {
	t.Helper()
	s, err := Open(context.Background(), framework(t), sources...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// wrong are the lines that say what is wrong with sources.
func wrong(t testing.TB, sources ...rego.Source) []string {
	t.Helper()
	s, err := Open(context.Background(), framework(t), sources...)
	var problems rego.Problems
	if s != nil || !errors.As(err, &problems) {
		t.Fatalf("opened %t, %v; expected problems", s != nil, err)
	}
	return strings.Split(problems.Error(), "\n")
}

// lines compares lines with what they begin with.
func lines(t *testing.T, got []string, want ...string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			return
		}
	}
}

// tested is a rule with a test that does what it should.
func tested(pkg string) []string {
	name := pkg[strings.LastIndexByte(pkg, '.')+1:]
	return []string{
		name + ".rego", module(pkg, `findings contains {"facts": [["network", "egress"]]} if input.network.egress == "open"`),
		name + "_test.rego", "package " + pkg + "_test\n\nimport data." + pkg + ` as rule

bad := {"network": {"egress": "open"}}

good := {"network": {"egress": "none"}}

test_fires if count(rule.findings) == 1 with input as bad

test_silent if rule.findings == set() with input as good
`}
}

func TestSuite(t *testing.T) {
	gate := "# METADATA\n# title: G\n# description: |\n#   Says\n#   no.\npackage org.test.gate\n\nreject contains \"no\" if input.score.aivss > 9\n\nx if input.findings"
	s := opened(t, source(append(tested("org.test.rule"), "gate.rego", gate, "lib.rego", "package org.test.lib\n\ny := 1")...))
	if rules := Rules(s.Catalogue()); len(rules) != 1 || rules[0].ID != "org.test/rule" {
		t.Errorf("rules %+v", rules)
	}
	gates := Gates(s.Catalogue())
	if len(gates) != 1 || gates[0].Package != "org.test.gate" || gates[0].Title != "G" || gates[0].Description != "Says no." ||
		!slices.Equal(gates[0].Decisions, []string{"reject"}) || !slices.Equal(gates[0].Reads, []string{"/findings", "/score/aivss"}) ||
		gates[0].File != "acme/gate.rego" || gates[0].Row != 6 {
		t.Errorf("gates %+v", gates)
	}
	if s.Packages() != 3 {
		t.Errorf("%d packages", s.Packages())
	}
	builtin, err := rego.Load(context.Background(), framework(t), rego.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	if all, alone := len(s.Engine().Rules()), len(builtin.Rules()); all != alone+1 {
		t.Errorf("%d rules in the engine, %d of them builtin", all, alone)
	}
}

// TestGateInTwoFiles is one gate.
func TestGateInTwoFiles(t *testing.T) {
	s := opened(t, source("a.rego", silent, "b.rego", "package org.none.gate\n\nreview contains \"never\" if false"))
	if gates := Gates(s.Catalogue()); len(gates) != 1 || !slices.Equal(gates[0].Decisions, []string{"reject", "review"}) || gates[0].File != "acme/a.rego" {
		t.Errorf("gates %+v", gates)
	}
}

// TestAllProblems: what is wrong in one place hides nothing in another, and what
// only follows from it is not said.
func TestAllProblems(t *testing.T) {
	got := wrong(t, source(
		"a.rego", "# METADATA\n# title: A\n# custom: {kind: weaknes, severity: low, controls: [/oversight/aproval]}\npackage org.test.a\n\n"+
			"import data.org.test.lib\n\nfindings contains {} if {\n\ttime.now_ns() > 0\n\tinput.modl\n\tlib.f(1)\n}",
		"b.rego", "package org.test.b\n\nfindings contains {} if counnt(input)\n\nfindings contains {} if input.model.nam\n\n"+
			"findings contains {} if used\n\nused if x\n\ndefault y := 1\n\ny := input.evidence.x if z",
		"c.rego", "package org.test.c\n\nx if {",
		"lib.rego", "package org.test.lib\n\nimport data.org.test.z\n\nf(x) if x == y\n\ng(x) if h(x)\n\nk[x] := v if some x, v in input.modle",
		"d_test.rego", "package org.test.d_test\n\ntest_d if uuid.rfc4122(\"x\") == zz",
		"e_test.rego", "package maestro.e_test\n\ntest_e if true",
	), named("other", source("a.rego", module("org.test.same", fires), "b.rego", module("org.test.same", fires))))
	const taken = ": OPA has this builtin and it was taken away, because a verdict depends on its inputs alone; "
	lines(t, got,
		`acme/a.rego:1: metadata: custom.controls: "/oversight/aproval" is no single fact, did you mean "/oversight/approval"?`,
		`acme/a.rego:1: metadata: custom.kind: expected one of`,
		`acme/a.rego:1: metadata: expected custom.layers, some of`,
		`acme/a.rego:1: metadata: expected custom.remediation`,
		`acme/a.rego:1: metadata: expected description`,
		`acme/a.rego:9:2: undefined function time.now_ns`+taken+`there is no time in Rego`,
		`acme/a.rego:10:2: input.modl: unknown field "modl", did you mean "model"?`,
		`acme/b.rego:1: rule without metadata`,
		`acme/b.rego:3:25: undefined function counnt, did you mean "count"?`,
		`acme/b.rego:5:25: input.model.nam: unknown field "nam", did you mean "name"?`,
		`acme/b.rego:9:9: var x is unsafe`,
		`acme/b.rego:13:26: var z is unsafe`,
		`acme/c.rego:3:6: unexpected eof token`,
		`acme/d_test.rego:3:11: undefined function uuid.rfc4122`+taken+`what a rule has to know stands in the profile`,
		`acme/d_test.rego:3:11: var zz is unsafe`,
		`acme/e_test.rego:1: package maestro.e_test: expected org.<name>.<topic>`,
		`acme/lib.rego:3:1: import data.org.test.z unused`,
		`acme/lib.rego:5:9: var y is unsafe`,
		`acme/lib.rego:7:9: undefined function h`,
		`acme/lib.rego:9:27: input.modle: unknown field "modle", did you mean "model"?`,
		`other/b.rego:1:1: package annotation redeclared: other/a.rego:1; one file of a package has metadata, and each rule a package of its own`,
	)
}

// TestGatesAreTypeChecked: what gates read of the profile and of what is derived
// is as closed as it is for rules.
func TestGatesAreTypeChecked(t *testing.T) {
	gate := "package org.test.gate\n\nreject contains \"no\" if input.derived.moves_mony\n\nreview contains \"no\" if input.profile.exection.runs_code\n\n" +
		"review contains \"no\" if input.profile.derived\n\nreview contains \"no\" if input.findings[_].severty\n\n" +
		"review contains \"fine\" if {\n\tinput.derived.moves_money\n\tinput.profile.execution.runs_code\n\tinput.profile.tools[_].id\n}"
	lines(t, wrong(t, source("gate.rego", gate)),
		`acme/gate.rego:3:25: input.derived.moves_mony: unknown field "moves_mony", did you mean "moves_money"?`,
		`acme/gate.rego:5:25: input.profile.exection: unknown field "exection", did you mean "execution"?`,
		`acme/gate.rego:7:25: input.profile.derived: unknown field "derived"`,
		`acme/gate.rego:9:25: input.findings[_].severty: unknown field "severty", did you mean "severity"?`)
}

// TestProblemsBeyondTheLimitOfOPA, which is ten.
func TestProblemsBeyondTheLimitOfOPA(t *testing.T) {
	text := "package org.test.lib\n"
	for range 30 {
		text += "\nx if input.modl\n"
	}
	if got := wrong(t, source("lib.rego", text)); len(got) != 30 {
		t.Errorf("%d lines\n%s", len(got), strings.Join(got, "\n"))
	}
}

// TestEveryProblemEnds: rules that stay wrong whatever they are replaced by do
// not keep the search going.
func TestEveryProblemEnds(t *testing.T) {
	for name, text := range map[string]string{
		"conflict":            "package org.test.lib\n\nx := 1\n\nx contains 1",
		"conflict of arity":   "package org.test.lib\n\nf(x) := x\n\nf(x, y) := x + y",
		"two defaults":        "package org.test.lib\n\ndefault x := 1\n\ndefault x := 2",
		"recursion":           "package org.test.lib\n\nx if y\n\ny if x",
		"unknown schema":      module("org.test.rule", fires, "schemas: [{input: schema.nope}]"),
		"package and rule":    "package org.test\n\nx := 1",
		"unused":              "package org.test.lib\n\nf(x) := 1\n\nz if { a := 1 }",
		"parts of an object":  "package org.test.lib\n\nx[a] := b if some a, b in input.modl\n\nx[\"y\"] := 1",
		"rules with a branch": "package org.test.lib\n\nx := 1 if input.modl else := 2 if input.modle",
		"a deep head":         "package org.test.lib\n\nx.y[z].w contains input.modl if some z in [1]",
	} {
		got := wrong(t, source("a.rego", text, "b.rego", "package org.test.x\n\ny := 1"))
		for _, line := range got {
			if !placedLine.MatchString(line) {
				t.Errorf("%s: %q is not file:line: message", name, line)
			}
		}
	}
}

func TestProblemsOfTests(t *testing.T) {
	lines(t, wrong(t, source(append(tested("org.test.rule"), "x_test.rego", "package org.test.x_test\n\nimport data.org.test.rule\n\ntest_x if rule.findings with input as bda\n\ntest_y if {")...)),
		"acme/x_test.rego:7:11: unexpected eof token")
	lines(t, wrong(t, source(append(tested("org.test.rule"), "x_test.rego", "package org.test.x_test\n\nimport data.org.test.rule\n\ntest_x if rule.findings with input as bda")...)),
		"acme/x_test.rego:5:11: var bda is unsafe")
}

// FuzzDiagnose: whatever a file and its test hold, the search for problems ends
// with lines, and what is formatted stays what it was.
func FuzzDiagnose(f *testing.F) {
	for _, text := range append(tested("org.test.rule"), silent, "package org.test.lib\n\nf(x) if y\n\nx.y[z] contains 1 if some z in input.modl", "# METADATA\n# title: [\npackage a") {
		f.Add(text)
	}
	fw := framework(f)
	f.Fuzz(func(t *testing.T, text string) {
		in, problems := parse.Sources([]rego.Source{source("a.rego", text, "b_test.rego", text)}, true)
		s := &Suite{framework: fw, parsed: in}
		for _, p := range append(problems, s.diagnose()...).Sorted() {
			if p.File == "" || strings.ContainsAny(p.Error(), "\r\n") {
				t.Errorf("%q is no line with a place", p)
			}
		}
		formatted, err := Format("a.rego", []byte(text))
		if err != nil {
			return
		}
		if _, err := Format("a.rego", formatted); err != nil {
			t.Errorf("what was formatted does not parse: %v", err)
		}
	})
}
