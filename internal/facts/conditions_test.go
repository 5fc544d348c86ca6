package facts

import (
	"math/rand"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/golden"
)

const noReading = "data: {ingress: [], ingress_complete: true}\n"

// conditionCases say of every condition of the builtin table with which facts it
// holds and with which it does not.
var conditionCases = map[string]struct{ yes, no string }{
	"calls_tools":          {reads, noTools},
	"acts":                 {writes, noTools + noCode},
	"cannot_undo":          {"tools: [{id: a, access: [delete]}]", writes},
	"moves_money":          {"tools: [{id: a, access: [pay]}]", writes},
	"runs_code":            {"execution: {runs_code: true}", noTools + noCode},
	"administers":          {"tools: [{id: a, kind: infra, access: [execute]}]", writes},
	"plans":                {"orchestration: {planning: true}", "orchestration: {planning: false}"},
	"writes_code":          {"orchestration: {codegen: true}", "orchestration: {codegen: false}"},
	"finds_tools":          {"orchestration: {dynamic_tools: true}", "orchestration: {dynamic_tools: false}"},
	"alone":                {"oversight: {unattended: true, approval: risky}", "oversight: {unattended: false, approval: risky}"},
	"unattended":           {"oversight: {acts_alone: true}", "oversight: {acts_alone: false, unattended: false}"},
	"never_asks":           {"oversight: {approval: never}", "oversight: {approval: risky}"},
	"with_agents":          {"peers: {multi_agent: true}", "peers: {multi_agent: false}"},
	"with_foreign_agents":  {"peers: {multi_agent: true, external: true}", "peers: {multi_agent: false}"},
	"as_its_user":          {"identity: {acts_as: user_password}", "identity: {acts_as: agent_principal}"},
	"remembers":            {"memory: {persistent: true}", "memory: {persistent: false}"},
	"retrieves":            {"rag: {used: true}", "rag: {used: false}"},
	"writes_its_index":     {"rag: {used: true, agent_writes: true}", "rag: {used: true, agent_writes: false}"},
	"changes_itself":       {"self_modification: {allowed: true}", "self_modification: {allowed: false}"},
	"reads_others":         {"data: {ingress: [tool_output]}", noReading + noTools},
	"reads_anybody":        {"data: {ingress: [peer]}", "data: {ingress: [tool_output], ingress_complete: true}"},
	"private_data":         {"data: {classes: [internal]}", "data: {classes: [public], classes_complete: true}\n" + noTools},
	"sensitive_data":       {"tools: [{id: a, kind: database}]", "data: {classes: [internal], classes_complete: true}\n" + noTools},
	"records":              {"data: {classes: [crm]}", "data: {classes: [source_code], classes_complete: true}\n" + noTools},
	"generates_media":      {"output: {generates: [audio]}", "output: {generates: [text], generates_complete: true}"},
	"keeps_data":           {"memory: {persistent: true}", noTools + "memory: {persistent: false}\nrag: {used: false}"},
	"hosted":               {"execution: {environment: saas}", "execution: {environment: local_host}"},
	"on_a_host":            {"execution: {environment: customer_host}", "execution: {environment: saas}"},
	"public":               {"network: {ingress_public: true}", "network: {ingress_public: false}"},
	"way_out":              {"tools: [{id: a, kind: http}]", noTools + "network: {egress: none, ingress_public: false, renders_remote_content: false}\npeers: {external: false}"},
	"asks_always":          {"oversight: {approval: always}", "oversight: {approval: risky}"},
	"asks":                 {"oversight: {approval: risky}", "oversight: {approval: never}"},
	"informed":             {"oversight: {informed_approval: true}", "oversight: {informed_approval: false}"},
	"contained":            {"execution: {sandbox: {present: true}}", "execution: {sandbox: {present: false}}"},
	"uncontained":          {"execution: {sandbox: {present: false}}", "execution: {sandbox: {present: true}}"},
	"filters_input":        {"guardrails: {context_separation: true}", "guardrails: {input_filter: false, context_separation: false}"},
	"separates":            {"guardrails: {context_separation: true}", "guardrails: {context_separation: false}"},
	"decides_calls":        {"guardrails: {tool_policy: true}", "guardrails: {tool_policy: false}"},
	"checks_output":        {"guardrails: {output_validation: true}", "guardrails: {output_validation: false}"},
	"checks_arguments":     {"orchestration: {argument_checks: true}", "orchestration: {argument_checks: false}"},
	"only_listed_tools":    {"orchestration: {tool_allowlist: true}", "orchestration: {tool_allowlist: false}"},
	"logs":                 {"monitoring: {action_log: true}", "monitoring: {action_log: false}"},
	"watched":              {"monitoring: {attribution: true, drift: true, alerting: true}", "monitoring: {attribution: true, drift: false, alerting: true}"},
	"narrow_rights":        {"identity: {least_privilege: true}", "identity: {least_privilege: false}"},
	"authorised_singly":    {"identity: {per_action_authz: true}", "identity: {per_action_authz: false}"},
	"knows_callers":        {"identity: {caller_auth: true}", "identity: {caller_auth: false}"},
	"change_control":       {"self_modification: {change_control: true}", "self_modification: {change_control: false}"},
	"narrow_egress":        {"network: {egress: allowlist}", "network: {egress: open}"},
	"keeps_apart":          {"data: {tenant_isolation: true}", "data: {tenant_isolation: false}\nrag: {permission_aware: false}"},
	"attested":             {"compliance: {certifications: [{id: soc2}]}", "compliance: {certifications: [{id: star_l1}], certifications_complete: true}"},
	"bounded_peers":        {"peers: {message_integrity: true}", "peers: {mutual_auth: false, message_integrity: false, delegation_limits: false}"},
	"spending_limit":       {"oversight: {spending_limit: true}", "oversight: {spending_limit: false}"},
	"limited":              {"orchestration: {limits: {steps: true, time: true, budget: true}}", "orchestration: {limits: {steps: true, time: true, budget: false}}"},
	"undo":                 {"oversight: {undo: true}", "oversight: {undo: false}"},
	"red_teamed":           {"evaluation: {red_team: true}", "evaluation: {red_team: false}"},
	"tested_independently": {"evaluation: {independent: true}", "evaluation: {independent: false}"},
	"can_be_stopped":       {"oversight: {stop: true}", "oversight: {stop: false}"},
}

func TestConditions(t *testing.T) {
	for i, c := range Builtin().conditions {
		k, ok := conditionCases[c.id]
		if !ok {
			t.Errorf("%s is not in the table", c.id)
			continue
		}
		for text, want := range map[string]Truth{k.yes: Yes, k.no: No, "": Undisclosed} {
			p := load(t, text)
			got := Builtin().at(scene{profile: p, derived: Derive(p, framework(t)).Claims}, scene{}, nil).conditions[i]
			if got.Value != want || len(got.Because()) == 0 {
				t.Errorf("%s of %q: %s because %v, want %s", c.id, text, truths[got.Value], got.Because(), truths[want])
			}
		}
	}
	if len(conditionCases) != len(Builtin().conditions) {
		t.Errorf("%d conditions, %d in the table", len(Builtin().conditions), len(conditionCases))
	}
}

// TestEveryTenthHasAReason: the shares of a factor sum up to its value and to both
// ends of its interval, and each but the first has facts behind it.
func TestEveryTenthHasAReason(t *testing.T) {
	for seed := range int64(golden.Rounds(200)) {
		p := randomProfile(t, rand.New(rand.NewSource(seed)))
		for i, f := range estimates(t, p).Factors {
			var least, adds, most int
			for j, s := range f.Shares {
				least, adds, most = least+int(s.Least), adds+int(s.Adds), most+int(s.Most)
				if j > 0 && (len(s.Facts()) == 0 || s.Text == "") {
					t.Errorf("seed %d: a share of %v of %s has no reason", seed, s.Adds, aivss.SetV05.Factors[i].ID)
				}
			}
			if tenths(least) != f.Low || tenths(adds) != f.Value || tenths(most) != f.High {
				t.Errorf("seed %d: %s: shares of %d, %d, %d make %v, %v, %v", seed, aivss.SetV05.Factors[i].ID, least, adds, most, f.Low, f.Value, f.High)
			}
		}
	}
}
