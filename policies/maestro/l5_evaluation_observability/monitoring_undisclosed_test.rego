package maestro.l5_evaluation_observability.monitoring_undisclosed_test

import data.maestro.l5_evaluation_observability.monitoring_undisclosed as rule

bad := {
	"derived": {"state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
}

good := {
	"derived": {"state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
	"monitoring": {"action_log": true},
}

names := ["action_log", "alerting", "drift"]

finding(open, severity) := {"facts": [["monitoring", name] | some name in open], "severity": severity}

test_high_when_the_agent_changes_something if {
	rule.findings == {finding(names, "high")} with input as bad
}

test_medium_otherwise if {
	rule.findings == {finding(names, "medium")} with input as {}
}

test_fires_when_only_a_guardrail_is_disclosed if {
	rule.findings == {finding(names, "medium")} with input as {"guardrails": {"input_filter": true}}
}

test_silent_when_logged if {
	rule.findings == set() with input as good
}

test_fires_on_the_undisclosed_when_others_are_missing if {
	every name in names {
		others := [other | some other in names; other != name]
		rule.findings == {finding(others, "medium")} with input as {"monitoring": {name: false}}
		missing := {other: false | some other in others}
		rule.findings == {finding([name], "medium")} with input as {"monitoring": missing}
	}
}

test_silent_when_all_are_missing if {
	rule.findings == set() with input as {"monitoring": {name: false | some name in names}}
}

test_silent_when_any_is_there if {
	every name in names {
		rule.findings == set() with input as {"monitoring": {name: true}}
		missing := {other: false | some other in names; other != name}
		rule.findings == set() with input as {"monitoring": object.union(missing, {name: true})}
	}
}

test_silent_when_it_changes_and_sees_nothing_of_others if {
	rule.findings == set() with input as {"derived": {"state_change": false, "customer_data": false}}
}

test_fires_when_it_changes_or_sees_something if {
	every derived in [{"state_change": false}, {"customer_data": false}] {
		rule.findings == {finding(names, "medium")} with input as {"derived": derived}
	}
}
