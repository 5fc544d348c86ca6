package maestro.l2_data_operations.ingress_undisclosed_test

import data.maestro.l2_data_operations.ingress_undisclosed as rule

bad := {
	"derived": {"state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
}

good := {
	"data": {"ingress": ["email"]},
	"derived": {"state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
}

finding(severity) := {"facts": [["data", "ingress"]], "severity": severity}

test_medium_with_state_change if {
	rule.findings == {finding("medium")} with input as bad
}

test_low_otherwise if {
	rule.findings == {finding("low")} with input as {"derived": {"state_change": false}}
}

test_silent_when_listed if {
	rule.findings == set() with input as good
}

test_silent_when_declared_none if {
	rule.findings == set() with input as {"data": {"ingress": [], "ingress_complete": true}}
}
