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

test_medium_with_each_kind_of_tool if {
	every kind in ["shell", "code", "interpreter", "filesystem", "browser", "computer_use"] {
		rule.findings == {finding("medium")} with input as {"tools": [{"id": "a", "kind": "saas"}, {"id": "b", "kind": kind}]}
	}
}

test_silent_when_there_is_nothing_to_isolate if {
	rule.findings == set() with input as {}
	rule.findings == set() with input as {"tools": [{"id": "crm", "kind": "saas"}, {"id": "report", "kind": "function"}]}
}

test_silent_when_present if {
	rule.findings == set() with input as good
	rule.findings == set() with input as object.union(bad, good)
}

test_silent_when_declared_absent if {
	rule.findings == set() with input as object.union(bad, {"execution": {"sandbox": {"present": false}}})
}
