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

names := ["context_separation", "input_filter", "tool_policy"]

finding(open, severity) := {"facts": [["guardrails", name] | some name in open], "severity": severity}

test_high_with_untrusted_input if {
	rule.findings == {finding(names, "high")} with input as bad
}

test_medium_otherwise if {
	rule.findings == {finding(names, "medium")} with input as {"derived": {"untrusted_input": false}}
}

test_fires_when_only_output_validation_disclosed if {
	rule.findings == {finding(names, "medium")} with input as {"guardrails": {"output_validation": true}}
}

test_silent_with_context_separation if {
	rule.findings == set() with input as good
}

test_fires_on_the_undisclosed_when_others_are_missing if {
	every name in names {
		others := [other | some other in names; other != name]
		rule.findings == {finding(others, "medium")} with input as {"guardrails": {name: false}}
		missing := {other: false | some other in others}
		rule.findings == {finding([name], "medium")} with input as {"guardrails": missing}
	}
}

test_silent_when_all_are_missing if {
	rule.findings == set() with input as {"guardrails": {name: false | some name in names}}
}

test_silent_when_any_is_there if {
	every name in names {
		rule.findings == set() with input as {"guardrails": {name: true}}
		missing := {other: false | some other in names; other != name}
		rule.findings == set() with input as {"guardrails": object.union(missing, {name: true})}
	}
}

test_medium_when_there_is_little_to_gain if {
	little := {"derived": {"state_change": false, "customer_data": false}}
	rule.findings == {finding(names, "medium")} with input as object.union(bad, little)
}

test_high_when_there_is_something_to_gain if {
	something := [
		{"state_change": false},
		{"customer_data": false},
		{"state_change": false, "customer_data": false, "code_execution": true},
	]
	every derived in something {
		rule.findings == {finding(names, "high")} with input as object.union(bad, {"derived": derived})
	}
}

test_silent_for_a_server_that_looks_up if {
	looks_up := {"metadata": {"subject": "tool_server"}, "derived": {"state_change": false, "customer_data": false}}
	rule.findings == set() with input as looks_up
	count(rule.findings) == 1 with input as json.patch(looks_up, [{"op": "replace", "path": "metadata/subject", "value": "agent"}])
	count(rule.findings) == 1 with input as json.patch(looks_up, [{"op": "replace", "path": "derived/state_change", "value": true}])
}
