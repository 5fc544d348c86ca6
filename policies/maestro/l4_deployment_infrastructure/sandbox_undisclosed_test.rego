package maestro.l4_deployment_infrastructure.sandbox_undisclosed_test

import data.maestro.l4_deployment_infrastructure.sandbox_undisclosed as rule

bad := {
	"derived": {"code_execution": true},
	"execution": {"runs_code": true},
}

good := {"execution": {"sandbox": {"present": true}}}

finding(severity) := {"facts": [["execution", "sandbox", "present"]], "severity": severity}

test_high_with_code_execution if {
	rule.findings == {finding("high")} with input as bad
}

test_medium_with_a_browser if {
	rule.findings == {finding("medium")} with input as {"tools": [{"id": "web", "kind": "browser"}]}
}

test_low_otherwise if {
	rule.findings == {finding("low")} with input as {"tools": [{"id": "crm", "kind": "saas"}]}
}

test_silent_when_present if {
	rule.findings == set() with input as good
}

test_silent_when_declared_absent if {
	rule.findings == set() with input as {"execution": {"sandbox": {"present": false}}}
}
