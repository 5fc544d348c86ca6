package maestro.cross_layer.unsandboxed_code_execution_test

import data.maestro.cross_layer.unsandboxed_code_execution as rule

bad := {
	"derived": {"code_execution": true},
	"execution": {"runs_code": true, "sandbox": {"present": false}},
}

good := {
	"derived": {"code_execution": true},
	"execution": {"runs_code": true, "sandbox": {"present": true}},
}

finding := {"facts": [["derived", "code_execution"]]}

test_fires_without_sandbox if {
	rule.findings == {finding} with input as bad
}

test_fires_when_sandbox_undisclosed if {
	rule.findings == {finding} with input as {"derived": {"code_execution": true}}
}

test_silent_with_sandbox if {
	rule.findings == set() with input as good
}

test_silent_without_code_execution if {
	rule.findings == set() with input as {"execution": {"sandbox": {"present": false}}}
}
