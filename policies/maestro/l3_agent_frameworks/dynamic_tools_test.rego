package maestro.l3_agent_frameworks.dynamic_tools_test

import data.maestro.l3_agent_frameworks.dynamic_tools as rule

bad := {"orchestration": {"dynamic_tools": true, "tool_allowlist": false}}

good := {"orchestration": {"dynamic_tools": true, "tool_allowlist": true}}

finding := {"facts": [["orchestration", "dynamic_tools"]]}

test_fires_without_an_allowlist if {
	rule.findings == {finding} with input as bad
}

test_fires_when_the_allowlist_is_undisclosed if {
	rule.findings == {finding} with input as {"orchestration": {"dynamic_tools": true}}
}

test_silent_with_an_allowlist if {
	rule.findings == set() with input as good
}

test_silent_with_a_fixed_set_of_tools if {
	rule.findings == set() with input as {"orchestration": {"dynamic_tools": false, "tool_allowlist": false}}
}

test_silent_when_dynamic_tools_are_undisclosed if {
	rule.findings == set() with input as {"orchestration": {"tool_allowlist": false}}
}
