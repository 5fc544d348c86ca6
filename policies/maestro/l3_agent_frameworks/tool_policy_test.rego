package maestro.l3_agent_frameworks.tool_policy_test

import data.maestro.l3_agent_frameworks.tool_policy as rule

# The rule is a strength: it fires on bad, to the agent's credit.
bad := {"guardrails": {"tool_policy": true}}

good := {"guardrails": {"tool_policy": false}}

test_fires_with_a_policy_alone if {
	rule.findings == {{"facts": [["guardrails", "tool_policy"]]}} with input as bad
	every one in [{"argument_checks": true}, {"tool_allowlist": true}] {
		count(rule.findings) == 1 with input as {"guardrails": {"tool_policy": true}, "orchestration": one}
	}
}

test_silent_where_it_is_part_of_a_gate if {
	rule.findings == set() with input as {
		"guardrails": {"tool_policy": true},
		"orchestration": {"argument_checks": true, "tool_allowlist": true},
	}
}

test_silent_without_a_policy if {
	rule.findings == set() with input as good
	rule.findings == set() with input as {}
}
