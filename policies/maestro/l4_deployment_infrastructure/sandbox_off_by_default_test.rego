package maestro.l4_deployment_infrastructure.sandbox_off_by_default_test

import data.maestro.l4_deployment_infrastructure.sandbox_off_by_default as rule

bad := {
	"derived": {"code_execution": true},
	"execution": {"runs_code": true, "sandbox": {"present": true, "default_on": false}},
}

good := {
	"derived": {"code_execution": true},
	"execution": {"runs_code": true, "sandbox": {"present": true, "default_on": true}},
}

finding(exposures, severity) := {
	"facts": array.concat([["execution", "sandbox", "present"], ["execution", "sandbox", "default_on"]], exposures),
	"severity": severity,
}

code := ["derived", "code_execution"]

# Neither code nor a tool that a sandbox would contain.
idle := {"execution": bad.execution, "tools": [{"id": "crm", "kind": "saas"}, {"id": "other"}]}

test_fires_when_off_by_default if {
	rule.findings == {finding([code], "high")} with input as bad
}

test_fires_on_each_kind_of_tool if {
	every kind in ["shell", "code", "interpreter", "filesystem", "browser", "computer_use"] {
		tools := [{"id": "crm", "kind": "saas"}, {"id": "tool", "kind": kind}]
		expected := {finding([["tools", 1, "kind"]], "medium")}
		rule.findings == expected with input as object.union(idle, {"tools": tools})
	}
}

test_one_finding_for_all_exposures if {
	expected := {finding([code, ["tools", 0, "kind"]], "high")}
	rule.findings == expected with input as object.union(bad, {"tools": [{"id": "web", "kind": "browser"}]})
}

test_silent_without_anything_to_contain if {
	rule.findings == set() with input as idle
	rule.findings == set() with input as object.union(idle, {"derived": {"code_execution": false}})
}

test_silent_when_on_by_default if {
	rule.findings == set() with input as good
}

test_silent_when_the_default_is_undisclosed if {
	rule.findings == set() with input as json.remove(bad, ["execution/sandbox/default_on"])
}

test_silent_without_a_sandbox if {
	rule.findings == set() with input as object.union(bad, {"execution": {"sandbox": {"present": false}}})
}

test_silent_when_the_sandbox_is_undisclosed if {
	rule.findings == set() with input as json.remove(bad, ["execution/sandbox/present"])
}
