package maestro.l3_agent_frameworks.instructions_not_separated_test

import data.maestro.l3_agent_frameworks.instructions_not_separated as rule

bad := {
	"data": {"ingress": ["web"]},
	"derived": {"untrusted_input": true},
	"guardrails": {"context_separation": false},
}

good := {
	"data": {"ingress": ["web"]},
	"derived": {"untrusted_input": true},
	"guardrails": {"context_separation": true},
}

finding := {"facts": [["derived", "untrusted_input"]]}

test_fires_without_separation if {
	rule.findings == {finding} with input as bad
}

test_fires_when_separation_is_undisclosed if {
	rule.findings == {finding} with input as {"derived": {"untrusted_input": true}}
}

test_silent_with_separation if {
	rule.findings == set() with input as good
}

test_silent_without_untrusted_input if {
	rule.findings == set() with input as {
		"derived": {"untrusted_input": false},
		"guardrails": {"context_separation": false},
	}
}

test_silent_when_untrusted_input_is_not_certain if {
	rule.findings == set() with input as {"guardrails": {"context_separation": false}}
}
