package maestro.l4_deployment_infrastructure.egress_undisclosed_test

import data.maestro.l4_deployment_infrastructure.egress_undisclosed as rule

bad := {
	"data": {"classes": ["pii"]},
	"derived": {"code_execution": true, "customer_data": true},
	"execution": {"runs_code": true},
}

good := {
	"data": {"classes": ["pii"]},
	"derived": {"code_execution": true, "customer_data": true},
	"execution": {"runs_code": true},
	"network": {"egress": "allowlist"},
}

finding(severity, means) := {"facts": [["network", "egress"]], "severity": severity, "args": [means]}

test_high_with_code_execution_and_customer_data if {
	rule.findings == {finding("high", "runs code")} with input as bad
}

test_medium_with_code_execution_alone if {
	alone := {"derived": {"code_execution": true, "customer_data": false}}
	rule.findings == {finding("medium", "runs code")} with input as alone
}

test_medium_when_browsing_customer_data if {
	browsing := {"derived": {"browses": true, "customer_data": true}}
	rule.findings == {finding("medium", "browses")} with input as browsing
}

test_says_both if {
	both := object.union(bad, {"derived": {"browses": true}})
	rule.findings == {finding("high", "browses and runs code")} with input as both
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
	rule.findings == set() with input as {"derived": {"code_execution": false, "browses": false, "customer_data": true}}
}

test_silent_when_capabilities_are_not_certain if {
	rule.findings == set() with input as {"derived": {"customer_data": true}}
}
