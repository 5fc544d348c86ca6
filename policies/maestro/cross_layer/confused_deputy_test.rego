package maestro.cross_layer.confused_deputy_test

import data.maestro.cross_layer.confused_deputy as rule

bad := {
	"derived": {"state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
	"peers": {"multi_agent": true, "mutual_auth": false, "delegation_limits": false},
}

good := {
	"derived": {"state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
	"peers": {"multi_agent": true, "mutual_auth": true, "delegation_limits": false},
}

finding := {"facts": [["peers", "multi_agent"], ["derived", "state_change"]]}

test_fires_without_authentication_and_limits if {
	rule.findings == {finding} with input as bad
}

test_fires_when_controls_are_undisclosed if {
	undisclosed := json.remove(bad, ["peers/mutual_auth", "peers/delegation_limits"])
	rule.findings == {finding} with input as undisclosed
}

test_silent_with_authentication if {
	rule.findings == set() with input as good
}

test_silent_with_delegation_limits if {
	rule.findings == set() with input as object.union(bad, {"peers": {"delegation_limits": true}})
}

test_silent_without_peers if {
	rule.findings == set() with input as object.union(bad, {"peers": {"multi_agent": false}})
	rule.findings == set() with input as json.remove(bad, ["peers/multi_agent"])
}

test_silent_without_state_change if {
	rule.findings == set() with input as object.union(bad, {"derived": {"state_change": false}})
	rule.findings == set() with input as json.remove(bad, ["derived/state_change"])
}

test_silent_within_a_process if {
	rule.findings == set() with input as json.patch(bad, [{"op": "add", "path": "peers/in_process", "value": true}])
	rule.findings == {finding} with input as json.patch(bad, [{"op": "add", "path": "peers/in_process", "value": false}])
}
