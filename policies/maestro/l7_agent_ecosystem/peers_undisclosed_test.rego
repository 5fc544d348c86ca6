package maestro.l7_agent_ecosystem.peers_undisclosed_test

import data.maestro.l7_agent_ecosystem.peers_undisclosed as rule

bad := {"peers": {"protocol": "a2a"}}

good := {"peers": {"protocol": "a2a", "multi_agent": true}}

finding := {"facts": [["peers", "multi_agent"]]}

test_fires_when_undisclosed if {
	rule.findings == {finding} with input as bad
}

test_fires_when_nothing_is_said_of_peers if {
	rule.findings == {finding} with input as {}
}

test_silent_when_declared_multi_agent if {
	rule.findings == set() with input as good
}

test_silent_when_declared_alone if {
	rule.findings == set() with input as {"peers": {"multi_agent": false}}
}
