package maestro.l4_deployment_infrastructure.egress_undisclosed_test

import data.maestro.l4_deployment_infrastructure.egress_undisclosed as rule

bad := {
	"data": {"classes": ["pii"]},
	"derived": {"code_execution": true, "private_data": true},
	"execution": {"runs_code": true},
}

good := {
	"data": {"classes": ["pii"]},
	"derived": {"code_execution": true, "private_data": true},
	"execution": {"runs_code": true},
	"network": {"egress": "allowlist"},
}

finding(severity) := {"facts": [["network", "egress"]], "severity": severity}

test_high_with_code_execution_and_private_data if {
	rule.findings == {finding("high")} with input as bad
}

test_medium_with_code_execution_alone if {
	rule.findings == {finding("medium")} with input as {"derived": {"code_execution": true, "private_data": false}}
}

test_medium_when_browsing_private_data if {
	rule.findings == {finding("medium")} with input as {"derived": {"browses": true, "private_data": true}}
}

test_silent_when_disclosed if {
	rule.findings == set() with input as good
}

test_silent_when_declared_open if {
	rule.findings == set() with input as {
		"derived": {"browses": true},
		"network": {"egress": "open"},
	}
}

test_silent_without_code_execution_and_browsing if {
	rule.findings == set() with input as {"derived": {"code_execution": false, "browses": false, "private_data": true}}
}

test_silent_when_capabilities_are_not_certain if {
	rule.findings == set() with input as {"derived": {"private_data": true}}
}
