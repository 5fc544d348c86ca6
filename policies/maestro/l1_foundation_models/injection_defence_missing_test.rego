package maestro.l1_foundation_models.injection_defence_missing_test

import data.maestro.l1_foundation_models.injection_defence_missing as rule

bad := {"guardrails": {"input_filter": false, "context_separation": false, "tool_policy": false}}

good := {"guardrails": {"input_filter": false, "context_separation": false, "tool_policy": true}}

finding(severity) := {
	"facts": [
		["guardrails", "input_filter"],
		["guardrails", "context_separation"],
		["guardrails", "tool_policy"],
	],
	"severity": severity,
}

test_medium_without_any_defence if {
	rule.findings == {finding("medium")} with input as bad
	rule.findings == {finding("medium")} with input as object.union(bad, {"derived": {"untrusted_input": false}})
}

test_high_with_untrusted_input if {
	rule.findings == {finding("high")} with input as object.union(bad, {"derived": {"untrusted_input": true}})
}

test_silent_with_a_policy_on_calls if {
	rule.findings == set() with input as good
}

test_silent_when_a_defence_is_there_or_undisclosed if {
	every defence in ["input_filter", "context_separation", "tool_policy"] {
		rule.findings == set() with input as object.union(bad, {"guardrails": {defence: true}})
		rule.findings == set() with input as json.remove(bad, [["guardrails", defence]])
	}
}
