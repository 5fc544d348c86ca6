package maestro.l3_agent_frameworks.tool_gate_test

import data.maestro.l3_agent_frameworks.tool_gate as rule

# The rule is a strength: it fires on bad, to the agent's credit.
bad := {
	"guardrails": {"tool_policy": true},
	"orchestration": {"argument_checks": true, "tool_allowlist": true},
}

good := {
	"guardrails": {"tool_policy": true},
	"orchestration": {"argument_checks": true, "tool_allowlist": false},
}

finding := {"facts": [
	["guardrails", "tool_policy"],
	["orchestration", "argument_checks"],
	["orchestration", "tool_allowlist"],
]}

test_fires_with_all_three if {
	rule.findings == {finding} with input as bad
}

test_silent_without_an_allowlist if {
	rule.findings == set() with input as good
}

test_silent_without_argument_checks if {
	rule.findings == set() with input as {
		"guardrails": {"tool_policy": true},
		"orchestration": {"argument_checks": false, "tool_allowlist": true},
	}
}

test_silent_when_the_policy_is_undisclosed if {
	rule.findings == set() with input as {"orchestration": {"argument_checks": true, "tool_allowlist": true}}
}
