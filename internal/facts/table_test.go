package facts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/policies"
)

// TestStrictReader: a table that names what there is not, or by which something in
// the subject's favour raises a score, is refused with its place.
func TestStrictReader(t *testing.T) {
	data, err := policies.FS.ReadFile("estimates.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{"when: /orchestration/planning\n", "when: /orchestration/plannin\n", `conditions[6].when: unknown fact /orchestration/plannin, did you mean "/orchestration/planning"?`},
		{"when: has_tools\n", "when: has_tool\n", `conditions[0].when: unknown condition "has_tool", did you mean "has_tools"?`},
		{"when: has_tools\n", "when: external_communication\n", `conditions[0].when: unknown condition "external_communication"`},
		{"is: [never]}", "is: [nver]}", `/oversight/approval has no value nver, did you mean "never"?`},
		{"is: [none, allowlist]}", "is: [none, open]}", "one answer in favour of the subject makes it hold, another one keeps it from that"},
		{"is: [saas]}\n    likely: {any: 0.7, framework", "is: [saas]}\n    likely: {any: 0.7, framwork", `unknown subject "framwork", did you mean "framework"?`},
		{"- id: acts\n", "- id: calls_tools\n", "calls_tools stands twice"},
		{"likely: 0.3\n", "likely: 1.3\n", "conditions["},
		{"{if: with_agents, by: 0.4}", "{if: with_agent, by: 0.4}", `unknown condition "with_agent", did you mean "with_agents"?`},
		{"{if: with_agents, by: 0.4}", "{if: with_agents, by: 0.45}", `expected at most 1 decimal, got "0.45"`},
		{"{if: with_agents, by: 0.4}", "{if: with_agents, by: -0.4}", "with_agents speaks against the subject; what speaks against it cannot lower its score"},
		{"{if: logs, by: -0.2}", "{if: logs, by: 0.2}", "logs speaks for the subject; what speaks for it cannot raise its score"},
		{"full: {not: logs}", "full: logs", "levels.opacity.full: an answer in favour of the subject makes it hold"},
		{"full: {not: logs}", "full: /monitoring/drift", `unknown condition "/monitoring/drift"`},
		{"full: {not: logs}", "full: {fact: /monitoring/drift}", "expected conditions, all, any, not or subject; make a condition of it"},
		{"  opacity:\n    full", "  opcity:\n    full", `unknown factor of set v0.8, did you mean "opacity"?`},
		{"  AT:\n", "  AX:\n", "metric AT (Attack Requirements) is missing"},
		{"{value: H, because: \"text", "{value: X, because: \"text", `AC (Attack Complexity) has no value "X"`},
		{"{value: N, because: it changes nothing elsewhere}", "{value: L, because: it changes nothing elsewhere}", "expected values from the least severe to the most"},
		{"when: acts, because: it changes things", "because: it changes things", "expected when in every step but the first"},
		{"controls: [bounded_peers]", "controls: [with_agents]", "with_agents speaks against the subject"},
		{"refused: never_asks", "refused: never_ask", `unknown condition "never_ask"`},
		{"attested: [soc2,", "attested: [soc3,", `/compliance/certifications/0/id has no value soc3, did you mean "soc2"?`},
	} {
		text := strings.Replace(string(data), c.old, c.new, 1)
		if text == string(data) {
			t.Errorf("%q is not in the table", c.old)
			continue
		}
		_, err := ParseTable("t.yaml", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), "t.yaml:") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s\ngot  %v\nwant %s", c.new, err, c.want)
		}
	}
}

// TestGiven: what is known makes something else more likely.
func TestGiven(t *testing.T) {
	data, err := policies.FS.ReadFile("estimates.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const likely = "  - id: with_agents\n"
	text := strings.Replace(string(data), likely, likely+"    given: [{if: plans, likely: 0.8}]\n", 1)
	table, err := ParseTable("t.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for facts, want := range map[string]int{"": 20, "orchestration: {planning: true}": 80, "orchestration: {planning: false}": 20} {
		p := load(t, facts)
		place := slices.IndexFunc(table.conditions, func(c condition) bool { return c.id == "with_agents" })
		if got := table.at(scene{profile: p, derived: Derive(p, framework(t)).Claims}, scene{}, nil).conditions[place].prior; got != want {
			t.Errorf("%q: got %d, want %d", facts, got, want)
		}
	}
	for wrong, want := range map[string]string{"{if: plans, likely: 0.1}": "can only make more likely", "{if: logs, likely: 0.8}": "unknown condition"} {
		text := strings.Replace(string(data), likely, fmt.Sprintf("%s    given: [%s]\n", likely, wrong), 1)
		if _, err := ParseTable("t.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", wrong, err, want)
		}
	}
}
