package facts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
)

const (
	reads   = "tools: [{id: a, kind: saas, access: [read], access_complete: true}]\ntools_complete: true\n"
	writes  = "tools: [{id: a, kind: saas, access: [write], access_complete: true, reversible: true}]\ntools_complete: true\n"
	deletes = "tools: [{id: a, kind: saas, access: [delete]}]\n"
	still   = noTools + "execution: {runs_code: false}\n"
)

// factorCases say low, value and high of each factor.
var factorCases = map[string][]struct{ facts, want string }{
	"autonomy_of_action": {
		{"", "0.0 0.5 1.0"},
		{still, "0.0 0.0 0.0"},
		{writes + "oversight: {approval: never}", "1.0 1.0 1.0"},
		{"execution: {runs_code: true}\noversight: {unattended: true, approval: risky}", "1.0 1.0 1.0"},
		{writes + "oversight: {approval: risky, unattended: false}", "0.5 0.5 0.5"},
		{writes + "oversight: {approval: risky}", "0.5 0.5 1.0"},
		{writes + "oversight: {approval: always}", "0.0 0.5 0.5"},
		{writes + "oversight: {approval: always, informed_approval: false}", "0.5 0.5 0.5"},
		{writes + "oversight: {approval: always, informed_approval: true}", "0.0 0.0 0.0"},
		{reads + "execution: {runs_code: false}\noversight: {approval: never}", "0.5 0.5 0.5"},
	},
	"goal_driven_planning": {
		{"", "0.0 0.5 1.0"},
		{"orchestration: {planning: false}\npeers: {multi_agent: true}", "0.0 0.0 0.0"},
		{"orchestration: {planning: true}", "0.5 0.5 1.0"},
		{"orchestration: {planning: true}\npeers: {multi_agent: false}", "0.5 0.5 0.5"},
		{"orchestration: {planning: true}\npeers: {multi_agent: true}", "1.0 1.0 1.0"},
		{"peers: {multi_agent: false}", "0.0 0.5 0.5"},
	},
	"self_modification": {
		{"", "0.0 0.5 1.0"},
		{"self_modification: {allowed: false}", "0.0 0.5 0.5"},
		{"self_modification: {allowed: false}\nmemory: {persistent: false}", "0.0 0.0 0.0"},
		{"self_modification: {allowed: false}\nmemory: {persistent: true}", "0.5 0.5 0.5"},
		{"self_modification: {allowed: true}", "0.5 0.5 1.0"},
		{"self_modification: {allowed: true, change_control: true}", "0.5 0.5 0.5"},
		{"self_modification: {allowed: true, change_control: false, surfaces: [tools]}", "1.0 1.0 1.0"},
		{"self_modification: {allowed: true, change_control: false, surfaces: [memory]}", "0.5 0.5 1.0"},
		{"self_modification: {allowed: true, change_control: false, surfaces: [memory], surfaces_complete: true}", "0.5 0.5 0.5"},
	},
	"dynamic_tool_use": {
		{"", "0.0 0.5 1.0"},
		{still, "0.0 0.0 0.0"},
		{"execution: {runs_code: true}", "0.5 0.5 1.0"},
		{writes + "execution: {runs_code: false}\norchestration: {dynamic_tools: false}", "0.5 0.5 0.5"},
		{writes + "orchestration: {dynamic_tools: true, tool_allowlist: false}", "1.0 1.0 1.0"},
		{writes + "execution: {runs_code: false}\norchestration: {dynamic_tools: true, tool_allowlist: true}", "0.5 0.5 0.5"},
		{deletes + "orchestration: {tool_allowlist: false}", "1.0 1.0 1.0"},
		{deletes + "guardrails: {tool_policy: false}", "1.0 1.0 1.0"},
		{deletes + "orchestration: {tool_allowlist: true}\nguardrails: {tool_policy: true}", "0.5 0.5 0.5"},
	},
	"persistent_memory": {
		{"", "0.0 0.5 1.0"},
		{"memory: {persistent: true}", "1.0 1.0 1.0"},
		{"rag: {used: true, agent_writes: true}", "1.0 1.0 1.0"},
		{"memory: {persistent: false}\nrag: {used: true}", "0.5 0.5 1.0"},
		{"memory: {persistent: false}\nrag: {used: true, agent_writes: false}", "0.5 0.5 0.5"},
		{"memory: {persistent: false}\nrag: {used: false}", "0.0 0.0 0.0"},
	},
	"contextual_awareness": {
		{"", "0.0 0.5 1.0"},
		{"data: {ingress: [web]}", "1.0 1.0 1.0"},
		{"data: {ingress: [email]}", "1.0 1.0 1.0"},
		{"tools: [{id: a, kind: browser}]\nnetwork: {egress: open}", "1.0 1.0 1.0"},
		{"tools: [{id: a, kind: browser, access: [read]}]\nnetwork: {egress: allowlist}\ndata: {ingress: [], ingress_complete: true}", "0.5 0.5 0.5"},
		{"data: {ingress: [files], ingress_complete: true}\n" + noTools, "0.5 0.5 0.5"},
		{"data: {ingress: [], ingress_complete: true, classes: [hr]}\n" + noTools, "0.5 0.5 0.5"},
		{"data: {ingress: [], ingress_complete: true, classes: [public], classes_complete: true}\n" + noTools, "0.0 0.5 0.5"},
		{"data: {ingress: [], ingress_complete: true, classes: [public], classes_complete: true}\nrag: {used: false}\n" + noTools, "0.0 0.0 0.0"},
	},
	"dynamic_identity": {
		{"", "0.0 0.5 1.0"},
		{noTools, "0.0 0.0 0.0"},
		{reads + "identity: {acts_as: user_delegated, least_privilege: false, per_action_authz: false}", "1.0 1.0 1.0"},
		{reads + "identity: {acts_as: user_password, least_privilege: false}", "0.5 0.5 1.0"},
		{reads + "identity: {acts_as: user_delegated, least_privilege: true}", "0.5 0.5 0.5"},
		{reads + "identity: {acts_as: agent_principal, least_privilege: false}", "0.5 0.5 0.5"},
		{reads + "identity: {acts_as: agent_principal}", "0.0 0.5 0.5"},
		{reads + "identity: {acts_as: shared_service_account, least_privilege: true}", "0.0 0.0 0.0"},
	},
	"multi_agent_interactions": {
		{"", "0.0 0.5 1.0"},
		{"peers: {multi_agent: false}", "0.0 0.0 0.0"},
		{"peers: {multi_agent: true}", "0.5 0.5 1.0"},
		{"peers: {multi_agent: true, external: false, delegation_limits: true}", "0.5 0.5 0.5"},
		{"peers: {multi_agent: true, external: true, mutual_auth: false}", "1.0 1.0 1.0"},
		{"peers: {multi_agent: true, external: true, mutual_auth: true, delegation_limits: true}", "0.5 0.5 0.5"},
		{"peers: {multi_agent: true, delegation_limits: false}", "1.0 1.0 1.0"},
	},
	"non_determinism": {
		{"", "0.0 0.5 1.0"},
		{"guardrails: {output_validation: false}\norchestration: {argument_checks: false}", "1.0 1.0 1.0"},
		{"guardrails: {output_validation: true}", "0.0 0.5 0.5"},
		{"guardrails: {output_validation: true}\norchestration: {argument_checks: false}", "0.5 0.5 0.5"},
		{"guardrails: {output_validation: true}\norchestration: {argument_checks: true, planning: true}", "0.5 0.5 0.5"},
		{"guardrails: {output_validation: true}\norchestration: {argument_checks: true, planning: false}", "0.0 0.0 0.0"},
		{"guardrails: {output_validation: false}", "0.5 0.5 1.0"},
	},
	"opacity_reflexivity": {
		{"", "0.0 0.5 1.0"},
		{"monitoring: {action_log: false}", "1.0 1.0 1.0"},
		{"monitoring: {action_log: true}", "0.0 0.5 0.5"},
		{"monitoring: {action_log: true, attribution: true, drift: true, alerting: false}", "0.5 0.5 0.5"},
		{"monitoring: {action_log: true, attribution: true, drift: true, alerting: true}", "0.0 0.0 0.0"},
		{"monitoring: {drift: false}", "0.5 0.5 1.0"},
	},
}

func TestFactors(t *testing.T) {
	for i, f := range aivss.SetV05.Factors {
		seen := map[string]bool{}
		for _, c := range factorCases[f.ID] {
			seen[c.want] = true
			e := estimates(t, load(t, c.facts)).Factors[i]
			if got := fmt.Sprint(e.Low, e.Value, e.High); got != c.want {
				t.Errorf("%s of\n%s\ngot  %s because %v\nwant %s", f.ID, c.facts, got, e.Because, c.want)
			}
		}
		for _, level := range []string{"0.0 0.0 0.0", "0.5 0.5 0.5", "1.0 1.0 1.0"} {
			if !seen[level] {
				t.Errorf("%s: the table lacks the level %s", f.ID, level)
			}
		}
	}
	if len(factorCases) != aivss.FactorCount {
		t.Errorf("%d factors in the table", len(factorCases))
	}
}

// TestFactorReasons: the reasons are the facts that fix the value or would
// narrow it, each with what the profile says.
func TestFactorReasons(t *testing.T) {
	for _, c := range []struct{ factor, facts, want string }{
		{"persistent_memory", "memory: {persistent: true}", "/memory/persistent=yes"},
		{"persistent_memory", "memory: {persistent: false}", "/rag/agent_writes=not disclosed /rag/used=not disclosed"},
		{"contextual_awareness", "data: {ingress: [files, web]}", "/data/ingress/1=web"},
		{"autonomy_of_action", writes + "oversight: {approval: never}", "/oversight/approval=never /tools/0/access/0=write"},
		{"multi_agent_interactions", "peers: {multi_agent: true, external: false, delegation_limits: true}",
			"/peers/delegation_limits=yes /peers/external=no /peers/multi_agent=yes"},
	} {
		i, _ := aivss.SetV05.Index(c.factor)
		var got []string
		p := load(t, c.facts)
		for _, r := range reasons(p, estimates(t, p).Factors[i].Because) {
			got = append(got, r.fact+"="+r.text)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s of %q\ngot  %s\nwant %s", c.factor, c.facts, strings.Join(got, " "), c.want)
		}
	}
}

func TestDescribe(t *testing.T) {
	p := load(t, `
model: {provider_retention: 30, name: m, card: true, fine_tuned: false}
data: {classes: [pii, hr], ingress: []}
tools: [{id: a}, {id: b}]
`)
	for pointer, want := range map[string]string{
		"/model/card": "yes", "/model/fine_tuned": "no", "/model/name": "m", "/model/provider_retention": "30",
		"/model/provider": "not disclosed", "/data/classes": "pii, hr", "/data/ingress": "none listed",
		"/tools": "2 listed", "/tools/0": "disclosed", "/model": "disclosed", "/tools/7/kind": "not disclosed",
	} {
		if got := Describe(p, pointer); got != want {
			t.Errorf("%s: got %q, want %q", pointer, got, want)
		}
	}
}

// TestEveryDerivedFactorIsExplained, for silence and for each example.
func TestEveryDerivedFactorIsExplained(t *testing.T) {
	for name, e := range map[string]*Estimates{
		"silence":        estimates(t, load(t, "")),
		"desktop-helper": estimates(t, example(t, "desktop-helper")),
		"release-notes":  estimates(t, example(t, "release-notes")),
	} {
		for i, f := range e.Factors {
			if len(f.Facts) == 0 {
				t.Errorf("%s: %s has no reason", name, e.Set.Factors[i].ID)
			}
		}
		if !slices.Equal(e.Derived, []string{"factors", "cvss"}) {
			t.Errorf("%s: derived %v", name, e.Derived)
		}
	}
}
