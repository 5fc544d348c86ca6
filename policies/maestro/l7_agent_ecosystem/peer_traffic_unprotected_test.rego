package maestro.l7_agent_ecosystem.peer_traffic_unprotected_test

import data.maestro.l7_agent_ecosystem.peer_traffic_unprotected as rule

bad := {"peers": {"multi_agent": true, "mutual_auth": false, "message_integrity": false}}

good := {"peers": {"multi_agent": true, "mutual_auth": true, "message_integrity": true}}

finding(control) := {"facts": [["peers", "multi_agent"]], "controls": [["peers", control]]}

test_fires_on_both_controls if {
	rule.findings == {finding("mutual_auth"), finding("message_integrity")} with input as bad
}

test_fires_when_both_are_undisclosed if {
	expected := {finding("mutual_auth"), finding("message_integrity")}
	rule.findings == expected with input as {"peers": {"multi_agent": true}}
}

test_fires_without_authentication_alone if {
	peers := {"multi_agent": true, "mutual_auth": false, "message_integrity": true}
	rule.findings == {finding("mutual_auth")} with input as {"peers": peers}
}

test_fires_without_integrity_alone if {
	peers := {"multi_agent": true, "mutual_auth": true, "message_integrity": false}
	rule.findings == {finding("message_integrity")} with input as {"peers": peers}
}

test_silent_when_protected if {
	rule.findings == set() with input as good
}

test_silent_without_peers if {
	rule.findings == set() with input as object.union(bad, {"peers": {"multi_agent": false}})
}

test_silent_when_peers_are_undisclosed if {
	rule.findings == set() with input as json.remove(bad, ["peers/multi_agent"])
}

test_silent_within_a_process if {
	rule.findings == set() with input as json.patch(bad, [{"op": "add", "path": "peers/in_process", "value": true}])
}
