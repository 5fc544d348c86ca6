package facts

import (
	"fmt"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
)

func TestMitigationFromControls(t *testing.T) {
	const (
		approved = "oversight: {approval: risky}\n"
		strong   = reads + noInput + "execution: {environment: saas, runs_code: false}\npeers: {multi_agent: false}\n" +
			"oversight: {approval: always, stop: true}\nguardrails: {tool_policy: true}\nevaluation: {red_team: true, independent: true}\n"
	)
	for _, c := range []struct{ facts, want, why string }{
		{"", "0.67 1.0 1.0", ""},
		// A control counts against what the agent is known to do.
		{"oversight: {approval: risky}", "0.67 1.0 1.0", ""},
		{reads + approved, "0.67 0.83 0.83", "risky actions wait for a person, and it calls tools"},
		{noTools + approved, "0.67 1.0 1.0", ""},
		{"execution: {runs_code: true, sandbox: {present: true}}", "0.67 0.83 1.0", "a sandbox contains it, and it runs code or commands"},
		{"execution: {runs_code: true, sandbox: {present: false}}", "0.83 1.0 1.0", ""},
		{"data: {ingress: [web]}\nguardrails: {input_filter: true}", "0.67 0.83 1.0", "input is filtered for injected instructions, and text written by others reaches it"},
		{"data: {classes: [crm]}\ncompliance: {certifications: [{id: soc2}]}", "0.67 0.83 1.0", "an independent attestation covers how data are handled, and it reaches data that are not public"},
		{"peers: {multi_agent: true, mutual_auth: true}", "0.67 0.83 1.0", "agents authenticate each other, sign messages or delegate within limits, and it works with other agents"},
		// No control makes up for actions that wait for nobody.
		{reads + "oversight: {approval: never}\ndata: {ingress: [web]}\nguardrails: {input_filter: true}", "1.0 1.0 1.0", ""},
		// Strong: a control of everything it may do, and that was tested.
		{strong, "0.67 0.67 0.67", "it was red-teamed"},
		{strings.Replace(strong, "independent: true", "independent: false", 1), "0.83 0.83 0.83", ""},
		{strings.Replace(strong, "peers: {multi_agent: false}\n", "", 1), "0.67 0.83 0.83", ""},
	} {
		m := estimates(t, load(t, c.facts)).Mitigation
		var why []string
		for _, b := range m.Reasons {
			why = append(why, b.Text)
			if len(b.Facts()) == 0 {
				t.Errorf("%s: %s has no facts", c.facts, b.Text)
			}
		}
		if got := fmt.Sprint(m.Low, m.Value, m.High); got != c.want || !strings.Contains(strings.Join(why, "; "), c.why) {
			t.Errorf("%s\ngot  %s because %q, %q\nwant %s because %s", c.facts, got, why, m.Text, c.want, c.why)
		}
		if m.Value == 100 && m.Text == "" || m.Value < 100 && len(m.Reasons) == 0 {
			t.Errorf("%s: %v has no reason", c.facts, m.Value)
		}
	}
}

// TestMitigationWhereItIsNotDerived: a formula without one, or an organisation that
// wants none, gets none; a decision outweighs the controls.
func TestMitigationWhereItIsNotDerived(t *testing.T) {
	const controlled = reads + "oversight: {approval: always}\n"
	p := load(t, controlled)
	e, err := Derive(p, framework(t)).Estimates(p, How{Set: &aivss.SetV05})
	if err != nil || e.Mitigation.Value != 100 || e.Mitigation.Low != 100 {
		t.Errorf("got %+v, %v", e.Mitigation, err)
	}
	if m := estimates(t, load(t, controlled+"scoring: {mitigation: none}")).Mitigation; m.Value != 100 || m.Low != 100 {
		t.Errorf("got %+v", m)
	}
}
