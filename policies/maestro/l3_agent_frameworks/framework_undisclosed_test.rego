package maestro.l3_agent_frameworks.framework_undisclosed_test

import data.maestro.l3_agent_frameworks.framework_undisclosed as rule

bad := {"orchestration": {"planning": true}}

good := {"orchestration": {"planning": true, "framework": "LangGraph 1.0.2"}}

finding := {"facts": [["orchestration", "framework"]]}

test_fires_when_undisclosed if {
	rule.findings == {finding} with input as bad
}

test_fires_on_whatever_a_framework_does if {
	rule.findings == {finding} with input as {"orchestration": {"codegen": true}}
	rule.findings == {finding} with input as {"orchestration": {"dynamic_tools": true}}
	rule.findings == {finding} with input as {"peers": {"multi_agent": true}}
}

test_silent_where_nothing_is_orchestrated if {
	rule.findings == set() with input as {}
	rule.findings == set() with input as {
		"orchestration": {"planning": false, "codegen": false, "dynamic_tools": false},
		"peers": {"multi_agent": false},
	}
}

test_silent_when_named if {
	rule.findings == set() with input as good
}
