package maestro.l7_agent_ecosystem.delegation_unlimited_test

import data.maestro.l7_agent_ecosystem.delegation_unlimited as rule

bad := {"peers": {"multi_agent": true, "delegation_limits": false}}

good := {"peers": {"multi_agent": true, "delegation_limits": true}}

finding := {"facts": [["peers", "multi_agent"]]}

test_fires_without_limits if {
	rule.findings == {finding} with input as bad
}

test_fires_when_limits_are_undisclosed if {
	rule.findings == {finding} with input as {"peers": {"multi_agent": true}}
}

test_silent_with_limits if {
	rule.findings == set() with input as good
}

test_silent_without_peers if {
	rule.findings == set() with input as {"peers": {"multi_agent": false, "delegation_limits": false}}
}

test_silent_when_peers_are_undisclosed if {
	rule.findings == set() with input as {"peers": {"delegation_limits": false}}
}
