package facts

import (
	"fmt"
	"slices"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
)

const vector = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H"

func TestDefaults(t *testing.T) {
	e := estimates(t, load(t, ""))
	if e.Threat.Value != 97 || e.Mitigation.Value != 100 {
		t.Errorf("threat %v, mitigation %v", e.Threat.Value, e.Mitigation.Value)
	}
	if got, want := reasons(nil, e.Threat.Because)[0], (reason{"/scoring/threat", "not decided; the default is poc"}); got != want {
		t.Errorf("threat because %v", got)
	}
	if got, want := e.Mitigation.Text, "derived: no control that is known works against what it can do"; got != want {
		t.Errorf("mitigation because %v", got)
	}
}

// TestFactorDecision: what an assessor decided has no interval and outweighs
// the facts, under the factor's id and under any alias.
func TestFactorDecision(t *testing.T) {
	i, _ := aivss.SetV05.Index("persistent_memory")
	for _, c := range []struct{ scoring, value, because string }{
		{"{persistent_memory: 0.4}", "0.4", "decided in the profile"},
		{"{memoryUse: 0}", "0.0", "decided in the profile"},
		{"{persistence: {value: 0.25, because: measured}}", "0.25", "measured"},
		{"{memory_use: 1.00}", "1.0", "decided in the profile"},
	} {
		e := estimates(t, load(t, "memory: {persistent: true}\nscoring: {factors: "+c.scoring+"}"))
		f := e.Factors[i]
		if got, want := fmt.Sprint(f.Low, f.Value, f.High), fmt.Sprint(c.value, " ", c.value, " ", c.value); got != want {
			t.Errorf("%s: got %s, want %s", c.scoring, got, want)
		}
		if f.Text != c.because {
			t.Errorf("%s: because %v", c.scoring, f.Because)
		}
	}
}

func TestDerivedNamesWhatFactsDecided(t *testing.T) {
	all := "scoring: {factors: {"
	for _, id := range aivss.SetV05.IDs() {
		all += id + ": 0.5, "
	}
	all += "}}"
	for _, c := range []struct {
		facts string
		want  []string
	}{
		{"", []string{"factors", "cvss", "mitigation"}},
		{"scoring: {cvss: 8.5}", []string{"factors", "mitigation"}},
		{"scoring: {factors: {self_modification: 0.5}, mitigation: none}", []string{"factors", "cvss"}},
		{all, []string{"cvss", "mitigation"}},
		{all[:len(all)-1] + ", cvss: 8.5, mitigation: none}", nil},
	} {
		if got := estimates(t, load(t, c.facts)).Derived; !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.facts, got, c.want)
		}
	}
}

func TestCVSSDecision(t *testing.T) {
	for _, c := range []struct {
		cvss, vector, because string
		base                  aivss.Tenths
	}{
		{"8.5", "", "decided in the profile", 85},
		{"0", "", "decided in the profile", 0},
		{"10.0", "", "decided in the profile", 100},
		{"8.50", "", "decided in the profile", 85}, // a zero is no second decimal
		{"{value: 8.5, because: as published}", "", "as published", 85},
		{vector, vector, "decided in the profile", 100},
		{"{value: '" + vector + "/E:U', because: as published}", vector, "as published", 100},
	} {
		got := estimates(t, load(t, "scoring: {cvss: "+c.cvss+"}")).CVSS
		if got.Low != c.base || got.Value != c.base || got.High != c.base || got.Vector != c.vector || len(got.Metrics) != 0 {
			t.Errorf("%s: got %+v", c.cvss, got)
		}
		if r := reasons(nil, got.Because); len(r) != 1 || r[0] != (reason{"/scoring/cvss", c.because}) {
			t.Errorf("%s: because %v", c.cvss, got.Because)
		}
	}
}

func TestThreat(t *testing.T) {
	for _, c := range []struct {
		scoring string
		value   aivss.Hundredths
		because reason
	}{
		{"{threat: attacked}", 100, reason{"/scoring/threat", "decided in the profile"}},
		{"{threat: {value: unreported, because: nobody tried}}", 50, reason{"/scoring/threat", "nobody tried"}},
		{"{threat: 1.1}", 110, reason{"/scoring/threat", "decided in the profile"}},
		{"{threat: 2}", 200, reason{"/scoring/threat", "decided in the profile"}},
		{"{threat: 0.9}", 90, reason{"/scoring/threat", "decided in the profile"}},
		{"{threat: 0.5}", 50, reason{"/scoring/threat", "decided in the profile"}}, // a published level
		// A vector with the threat metric decides the threat too.
		{"{cvss: '" + vector + "/E:A'}", 100, reason{"/scoring/cvss", "E:A is attacked"}},
		{"{cvss: '" + vector + "/E:P'}", 97, reason{"/scoring/cvss", "E:P is poc"}},
		{"{cvss: '" + vector + "/E:U'}", 50, reason{"/scoring/cvss", "E:U is unreported"}},
		{"{cvss: '" + vector + "/E:X'}", 97, reason{"/scoring/threat", "not decided; the default is poc"}},
		{"{cvss: '" + vector + "'}", 97, reason{"/scoring/threat", "not decided; the default is poc"}},
		// What is said of the threat itself outweighs the vector.
		{"{cvss: '" + vector + "/E:U', threat: attacked}", 100, reason{"/scoring/threat", "decided in the profile"}},
	} {
		got := estimates(t, load(t, "scoring: "+c.scoring)).Threat
		if r := reasons(nil, got.Because); got.Value != c.value || len(r) != 1 || r[0] != c.because {
			t.Errorf("%s: got %v", c.scoring, got)
		}
	}
}

func TestMitigation(t *testing.T) {
	for scoring, want := range map[string]aivss.Hundredths{
		"{mitigation: none}":                         100,
		"{mitigation: 1}":                            100, // at 1 nothing needs a reason
		"{mitigation: {value: partial, because: b}}": 83,
		"{mitigation: {value: strong, because: b}}":  67,
		"{mitigation: {value: 0.7, because: b}}":     70,
		"{mitigation: {value: 0.5, because: b}}":     50,
	} {
		if got := estimates(t, load(t, "scoring: "+scoring)).Mitigation.Value; got != want {
			t.Errorf("%s: got %v, want %v", scoring, got, want)
		}
	}
}

// TestDecisionsRefused: every message has the line and column of the decision.
func TestDecisionsRefused(t *testing.T) {
	const v05 = "autonomy_of_action, goal_driven_planning, self_modification, dynamic_tool_use, persistent_memory, " +
		"contextual_awareness, dynamic_identity, multi_agent_interactions, non_determinism, opacity_reflexivity"
	const threat = "expected attacked, poc, unreported or 0.9 to 2.0, got "
	const mitigation = "expected none, partial, strong or 0.5 to 1.0, got "
	const because = "below 1 it needs a because: which controls, and what shows that they work; write {value: "
	for _, c := range []struct{ scoring, want string }{
		{"factors: {autonomy_of_acton: 0.5}", `p.yaml:4:21: scoring.factors.autonomy_of_acton: unknown factor of set v0.5, did you mean "autonomy_of_action"?`},
		{"factors: {xyz: 0.5}", `p.yaml:4:21: scoring.factors.xyz: unknown factor of set v0.5, expected one of ` + v05},
		{"factors: {language: 1}", `p.yaml:4:21: scoring.factors.language: unknown factor of set v0.5, expected one of ` + v05},
		{"factors: {dynamic_tool_use: 1, tools: 1}", "p.yaml:4:42: scoring.factors.tools: is the same factor as dynamic_tool_use"},
		{"factors: {tools: 1, toolUse: 1}", "p.yaml:4:21: scoring.factors.tools: is the same factor as toolUse"},
		{"factors: {tools: 1.01}", "p.yaml:4:21: scoring.factors.tools: expected 0.0 to 1.0, got 1.01"},
		{"factors: {tools: -0.5}", "p.yaml:4:21: scoring.factors.tools: expected 0.0 to 1.0, got -0.5"},
		{"factors: {tools: 0.125}", `p.yaml:4:21: scoring.factors.tools: expected at most 2 decimals, got "0.125"`},
		{"factors: {tools: 5e-1}", `p.yaml:4:21: scoring.factors.tools: expected a decimal number such as 0.5, got "5e-1"`},
		{"factors: {tools: {value: 2, because: b}}", "p.yaml:4:21: scoring.factors.tools: expected 0.0 to 1.0, got 2.0"},
		{"cvss: 8.55", `p.yaml:4:11: scoring.cvss: CVSS base score: expected at most 1 decimal, got "8.55"`},
		{"cvss: 10.1", "p.yaml:4:11: scoring.cvss: CVSS base score: expected 0.0 to 10.0, got 10.1"},
		{"cvss: -1", "p.yaml:4:11: scoring.cvss: CVSS base score: expected 0.0 to 10.0, got -1"},
		{"cvss: '8.5'", `p.yaml:4:11: scoring.cvss: expected a CVSS v4.0 vector that begins with CVSS:4.0/, got "8.5"`},
		{"cvss: CVSS:3.1/AV:N", `p.yaml:4:11: scoring.cvss: "CVSS:3.1/AV:N" is CVSS v3 or older, whose scores AIVSS cannot start from; expected a CVSS v4.0 vector that begins with CVSS:4.0/`},
		{"cvss: CVSS:4.0/AV:N", `p.yaml:4:11: scoring.cvss: base metric AC (Attack Complexity) is missing, expected one of H, L`},
		{"threat: atacked", `p.yaml:4:11: scoring.threat: unknown threat "atacked", did you mean "attacked"?`},
		{"threat: some", `p.yaml:4:11: scoring.threat: unknown threat "some", expected one of attacked, poc, unreported`},
		{"threat: 0", "p.yaml:4:11: scoring.threat: " + threat + "0.0"},
		{"threat: 0.89", "p.yaml:4:11: scoring.threat: " + threat + "0.89"},
		{"threat: 2.01", "p.yaml:4:11: scoring.threat: " + threat + "2.01"},
		{"threat: 0.975", `p.yaml:4:11: scoring.threat: expected at most 2 decimals, got "0.975"`},
		{"mitigation: {value: stong, because: b}", `p.yaml:4:11: scoring.mitigation: unknown mitigation "stong", did you mean "strong"?`},
		{"mitigation: 1.01", "p.yaml:4:11: scoring.mitigation: " + mitigation + "1.01"},
		{"mitigation: {value: 0.49, because: b}", "p.yaml:4:11: scoring.mitigation: " + mitigation + "0.49"},
		{"mitigation: 0", "p.yaml:4:11: scoring.mitigation: " + mitigation + "0.0"},
		{"mitigation: strong", "p.yaml:4:11: scoring.mitigation: " + because + "strong, because: …}"},
		{"mitigation: {value: 0.9}", "p.yaml:4:11: scoring.mitigation: " + because + "0.9, because: …}"},
	} {
		e, err := estimatesOrError(t, load(t, "scoring: {"+c.scoring+"}"))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s\ngot  %v, %v\nwant %s", c.scoring, e, err, c.want)
		}
	}
}
