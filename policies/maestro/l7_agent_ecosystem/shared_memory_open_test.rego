package maestro.l7_agent_ecosystem.shared_memory_open_test

import data.maestro.l7_agent_ecosystem.shared_memory_open as rule

bad := {
	"peers": {"shared_memory": true, "external": true},
	"memory": {"isolation": false},
}

good := {
	"peers": {"shared_memory": true, "external": true},
	"memory": {"isolation": true},
}

finding(severity, possible) := {
	"facts": [["peers", "shared_memory"]],
	"severity": severity,
	"possible": possible,
}

test_high_with_external_peers if {
	rule.findings == {finding("high", "medium")} with input as bad
}

test_medium_with_internal_peers if {
	internal := object.union(bad, {"peers": {"external": false}})
	rule.findings == {finding("medium", "low")} with input as internal
}

test_medium_when_it_is_undisclosed_whose_the_peers_are if {
	rule.findings == {finding("medium", "low")} with input as json.remove(bad, ["peers/external"])
}

test_fires_when_isolation_is_undisclosed if {
	rule.findings == {finding("high", "medium")} with input as json.remove(bad, ["memory"])
}

test_silent_with_isolation if {
	rule.findings == set() with input as good
}

test_silent_when_nothing_is_shared if {
	rule.findings == set() with input as object.union(bad, {"peers": {"shared_memory": false}})
}

test_silent_when_sharing_is_undisclosed if {
	rule.findings == set() with input as json.remove(bad, ["peers/shared_memory"])
}

test_silent_within_a_process if {
	rule.findings == set() with input as json.patch(bad, [{"op": "add", "path": "peers/in_process", "value": true}])
}
