package maestro.l4_deployment_infrastructure.sandbox_missing_test

import data.maestro.l4_deployment_infrastructure.sandbox_missing as rule

bad := {
	"tools": [{"id": "web", "kind": "browser"}],
	"execution": {"sandbox": {"present": false}},
}

good := {
	"tools": [{"id": "web", "kind": "browser"}],
	"execution": {"sandbox": {"present": true}},
}

finding(exposures, severity) := {
	"facts": array.concat([["execution", "sandbox", "present"]], exposures),
	"severity": severity,
}

test_medium_on_each_kind_of_tool if {
	every kind in ["shell", "code", "interpreter", "filesystem", "browser", "computer_use"] {
		tools := {"tools": [{"id": "a", "kind": "saas"}, {"id": "b", "kind": kind}]}
		expected := {finding([["tools", 1, "kind"]], "medium")}
		rule.findings == expected with input as object.union(bad, tools)
	}
}

test_high_with_code_execution if {
	running := {
		"derived": {"code_execution": true},
		"execution": {"runs_code": true, "sandbox": {"present": false}},
	}
	rule.findings == {finding([["derived", "code_execution"]], "high")} with input as running
}

test_one_finding_for_all_exposures if {
	exposures := [["derived", "code_execution"], ["tools", 0, "kind"]]
	rule.findings == {finding(exposures, "high")} with input as object.union(bad, {"derived": {"code_execution": true}})
}

test_silent_with_a_sandbox if {
	rule.findings == set() with input as good
}

test_silent_when_the_sandbox_is_undisclosed if {
	rule.findings == set() with input as json.remove(bad, ["execution/sandbox/present"])
}

test_silent_without_anything_to_contain if {
	every derived in [{}, {"code_execution": false}] {
		plain := {"derived": derived, "tools": [{"id": "crm", "kind": "saas"}, {"id": "other"}]}
		rule.findings == set() with input as object.union(bad, plain)
	}
}
