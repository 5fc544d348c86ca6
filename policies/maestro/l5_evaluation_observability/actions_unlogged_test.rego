package maestro.l5_evaluation_observability.actions_unlogged_test

import data.maestro.l5_evaluation_observability.actions_unlogged as rule

bad := {
	"derived": {"state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
	"monitoring": {"action_log": false},
}

good := {
	"derived": {"state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
	"monitoring": {"action_log": true},
}

finding := {"facts": [["monitoring", "action_log"], ["derived", "state_change"]]}

test_fires_when_declared_unlogged if {
	rule.findings == {finding} with input as bad
}

test_silent_when_logged if {
	rule.findings == set() with input as good
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"derived": {"state_change": true}}
}

test_silent_when_nothing_changes if {
	every derived in [{}, {"state_change": false}] {
		rule.findings == set() with input as {"derived": derived, "monitoring": {"action_log": false}}
	}
}
