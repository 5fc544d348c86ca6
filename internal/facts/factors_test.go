package facts

import (
	"fmt"
	"slices"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
)

// TestFactors: what is disclosed adds in full or not at all, what is not by its
// share, and the interval is as wide as that.
func TestFactors(t *testing.T) {
	for _, c := range []struct{ factor, facts, want string }{
		{"goal_driven_planning", "", "0.1 0.3 0.8"},
		{"goal_driven_planning", "orchestration: {planning: true}", "0.4 0.5 0.8"},
		{"goal_driven_planning", "orchestration: {planning: false, codegen: false}\npeers: {multi_agent: false}\noversight: {approval: always}", "0.1 0.1 0.1"},
		{"goal_driven_planning", "orchestration: {planning: true, codegen: true}\npeers: {multi_agent: true}\noversight: {approval: never}", "0.8 0.8 0.8"},
		{"self_modification", "self_modification: {allowed: true, change_control: true}\nmemory: {persistent: true}\norchestration: {codegen: false}", "0.5 0.5 0.5"},
		{"self_modification", "self_modification: {allowed: false}\nmemory: {persistent: false}\norchestration: {codegen: false}", "0.0 0.0 0.0"},
		{"multi_agent_interactions", "peers: {multi_agent: true, external: true}", "0.6 0.6 0.6"},
		// A base by subject, and what does not apply to it widens nothing.
		{"multi_agent_interactions", "peers: {multi_agent: false, external: false}", "0.0 0.0 0.0"},
		{"persistent_memory", "memory: {persistent: false}\nrag: {used: false}\ndata: {classes: [public], classes_complete: true}\n" + noTools, "0.1 0.1 0.1"},
	} {
		i, _ := aivss.SetV05.Index(c.factor)
		f := estimates(t, load(t, c.facts)).Factors[i]
		if got := fmt.Sprint(f.Low, f.Value, f.High); got != c.want {
			t.Errorf("%s of\n%s\ngot  %s, %v\nwant %s", c.factor, c.facts, got, f.Shares, c.want)
		}
	}
}

func TestBaseOfASubject(t *testing.T) {
	const server = "apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: test, subject: tool_server}\n"
	i, _ := aivss.SetV05.Index("multi_agent_interactions")
	f := estimates(t, read(t, "p.yaml", []byte(server))).Factors[i]
	if got := fmt.Sprint(f.Low, f.Value, f.High); got != "0.1 0.1 0.1" {
		t.Errorf("got %s: to a tool server no peers apply", got)
	}
	if s := f.Shares[0]; s.Text != "it is a tool server" || s.Adds != 10 || len(f.Shares) != 1 {
		t.Errorf("got %+v", f.Shares)
	}
}

// TestShares: a share names the facts behind it, and where it is not known what it
// may be.
func TestShares(t *testing.T) {
	f := estimates(t, load(t, "orchestration: {planning: true}\npeers: {multi_agent: false}\noversight: {approval: always}")).Factors[1]
	want := []string{
		"0.1 [] it is an agent",
		"0.3 [/orchestration/planning] it turns goals into plans of several steps",
		"0.02 [/orchestration/codegen] not known: it writes code as a way to act (0.0 to 0.1)",
	}
	var got []string
	for _, s := range f.Shares {
		got = append(got, fmt.Sprint(s.Adds, " ", s.Facts(), " ", s.Said()))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// levelCases say low, value and high of the factors of set v0.8.
var levelCases = map[string][]struct{ facts, want string }{
	"autonomy": {
		{"", "0.0 0.5 1.0"},
		{noTools + noCode, "0.0 0.0 0.0"},
		{writes + "oversight: {approval: risky, unattended: false}", "0.5 0.5 0.5"},
		{writes + "oversight: {approval: never}", "1.0 1.0 1.0"},
		{writes + "oversight: {approval: always, informed_approval: true}", "0.0 0.0 0.0"},
	},
	"tools": {
		{noTools + noCode, "0.0 0.0 0.0"},
		{writes + noCode, "0.5 0.5 0.5"},
		{"execution: {runs_code: true}", "0.5 1.0 1.0"},
		{"execution: {runs_code: true}\norchestration: {tool_allowlist: false}", "1.0 1.0 1.0"},
	},
	"language": {
		{"orchestration: {planning: false, codegen: false}\nrag: {used: false}\n" + noInput + noTools, "0.0 0.0 0.0"},
		{noTools + noCode + "rag: {used: true}", "0.5 0.5 0.5"},
		{reads + "orchestration: {planning: true}", "1.0 1.0 1.0"},
	},
	"context": {
		{noInput + noTools + "rag: {used: false}", "0.0 0.0 0.0"},
		{"data: {classes: [hr]}\noversight: {approval: always}", "0.5 0.5 0.5"},
		{"data: {ingress: [web]}\noversight: {approval: never}", "1.0 1.0 1.0"},
	},
	"non_determinism": {
		{"guardrails: {output_validation: true}\norchestration: {argument_checks: true}", "0.0 0.0 0.0"},
		{"guardrails: {output_validation: true}\norchestration: {argument_checks: false}", "0.5 0.5 0.5"},
		{"guardrails: {output_validation: false}\norchestration: {argument_checks: false}", "1.0 1.0 1.0"},
		{"", "0.0 1.0 1.0"}, // checks are rare
	},
	"opacity": {
		{"monitoring: {action_log: true, attribution: true, drift: true, alerting: true}", "0.0 0.0 0.0"},
		{"monitoring: {action_log: true, attribution: false}", "0.5 0.5 0.5"},
		{"monitoring: {action_log: false}", "1.0 1.0 1.0"},
	},
	"persistence": {
		{"memory: {persistent: false}\nrag: {used: false}\norchestration: {planning: false}", "0.0 0.0 0.0"},
		{"memory: {persistent: false}\nrag: {used: true, agent_writes: false}", "0.5 0.5 0.5"},
		{"memory: {persistent: true}", "1.0 1.0 1.0"},
	},
	"identity": {
		{noTools, "0.0 0.0 0.0"},
		{reads + "identity: {acts_as: user_delegated, least_privilege: true}", "0.5 0.5 0.5"},
		{reads + "identity: {acts_as: user_delegated, least_privilege: false, per_action_authz: false}", "1.0 1.0 1.0"},
	},
	"multi_agent": {
		{"peers: {multi_agent: false}", "0.0 0.0 0.0"},
		{"peers: {multi_agent: true, external: false}", "0.5 0.5 0.5"},
		{"peers: {multi_agent: true, external: true, mutual_auth: false, message_integrity: false, delegation_limits: false}", "1.0 1.0 1.0"},
	},
	"self_mod": {
		{"self_modification: {allowed: false}\norchestration: {codegen: false}", "0.0 0.0 0.0"},
		{"self_modification: {allowed: true, change_control: true}\norchestration: {codegen: false}", "0.5 0.5 0.5"},
		{"orchestration: {codegen: true}\nexecution: {runs_code: true}", "1.0 1.0 1.0"},
	},
}

func TestLevels(t *testing.T) {
	for i, f := range aivss.SetV08.Factors {
		seen := map[string]bool{}
		for _, c := range levelCases[f.ID] {
			seen[c.want] = true
			p := load(t, c.facts)
			all, err := Derive(p, framework(t)).Estimates(p, How{Set: &aivss.SetV08})
			if err != nil {
				t.Fatal(err)
			}
			e := all.Factors[i]
			if got := fmt.Sprint(e.Low, e.Value, e.High); got != c.want || len(e.Facts()) == 0 {
				t.Errorf("%s of\n%s\ngot  %s because %v\nwant %s", f.ID, c.facts, got, e.Facts(), c.want)
			}
		}
		for _, level := range []string{"0.0 0.0 0.0", "0.5 0.5 0.5", "1.0 1.0 1.0"} {
			if !seen[level] {
				t.Errorf("%s: the table lacks the level %s", f.ID, level)
			}
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
