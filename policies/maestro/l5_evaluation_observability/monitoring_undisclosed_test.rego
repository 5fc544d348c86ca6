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

finding(severity) := {
	"facts": [["monitoring", "action_log"], ["monitoring", "drift"], ["monitoring", "alerting"]],
	"severity": severity,
}

test_high_when_the_agent_changes_something if {
	rule.findings == {finding("high")} with input as bad
}

test_medium_otherwise if {
	rule.findings == {finding("medium")} with input as {}
}

test_fires_when_only_a_guardrail_is_disclosed if {
	rule.findings == {finding("medium")} with input as {"guardrails": {"input_filter": true}}
}

test_silent_when_logged if {
	rule.findings == set() with input as good
}

test_silent_when_any_answer_is_disclosed if {
	every fact in ["action_log", "drift", "alerting"] {
		every answer in [true, false] {
			rule.findings == set() with input as {"monitoring": {fact: answer}}
		}
	}
}
