package maestro.l3_agent_frameworks.framework_undisclosed_test

import data.maestro.l3_agent_frameworks.framework_undisclosed as rule

bad := {"orchestration": {"planning": true}}

good := {"orchestration": {"planning": true, "framework": "LangGraph 1.0.2"}}

finding := {"facts": [["orchestration", "framework"]]}

test_fires_when_undisclosed if {
	rule.findings == {finding} with input as bad
}

test_fires_when_nothing_is_disclosed if {
	rule.findings == {finding} with input as {}
}

test_silent_when_named if {
	rule.findings == set() with input as good
}
