package maestro.l7_agent_ecosystem.peers_undisclosed_test

import data.maestro.l7_agent_ecosystem.peers_undisclosed as rule

bad := {"orchestration": {"planning": true}}

good := {"orchestration": {"planning": true}, "peers": {"multi_agent": true}}

finding := {"facts": [["peers", "multi_agent"]]}

test_fires_when_undisclosed if {
	rule.findings == {finding} with input as bad
}

test_fires_on_whatever_may_delegate if {
	rule.findings == {finding} with input as {"peers": {"protocol": "a2a"}}
	rule.findings == {finding} with input as {"orchestration": {"dynamic_tools": true}}
	rule.findings == {finding} with input as {"oversight": {"acts_alone": true}}
}

test_silent_where_there_is_nothing_to_delegate if {
	rule.findings == set() with input as {}
	rule.findings == set() with input as {
		"orchestration": {"planning": false, "dynamic_tools": false},
		"oversight": {"acts_alone": false},
	}
}

test_silent_when_declared_multi_agent if {
	rule.findings == set() with input as good
}

test_silent_when_declared_alone if {
	rule.findings == set() with input as {
		"orchestration": {"planning": true},
		"peers": {"multi_agent": false},
	}
}
