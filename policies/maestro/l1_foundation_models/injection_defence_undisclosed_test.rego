package maestro.l1_foundation_models.injection_defence_undisclosed_test

import data.maestro.l1_foundation_models.injection_defence_undisclosed as rule

bad := {
	"data": {"ingress": ["web"]},
	"derived": {"untrusted_input": true},
}

good := {
	"data": {"ingress": ["web"]},
	"derived": {"untrusted_input": true},
	"guardrails": {"context_separation": true},
}

finding(severity) := {
	"facts": [
		["guardrails", "input_filter"],
		["guardrails", "context_separation"],
		["guardrails", "tool_policy"],
	],
	"severity": severity,
}

test_high_with_untrusted_input if {
	rule.findings == {finding("high")} with input as bad
}

test_medium_otherwise if {
	rule.findings == {finding("medium")} with input as {"derived": {"untrusted_input": false}}
}

test_fires_when_only_output_validation_disclosed if {
	rule.findings == {finding("medium")} with input as {"guardrails": {"output_validation": true}}
}

test_silent_with_context_separation if {
	rule.findings == set() with input as good
}

test_silent_when_any_defence_disclosed if {
	every name in ["input_filter", "context_separation", "tool_policy"] {
		every answer in [true, false] {
			rule.findings == set() with input as {"guardrails": {name: answer}}
		}
	}
}
