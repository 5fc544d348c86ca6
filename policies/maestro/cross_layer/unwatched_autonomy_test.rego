package maestro.cross_layer.unwatched_autonomy_test

import data.maestro.cross_layer.unwatched_autonomy as rule

bad := {
	"derived": {"autonomous": true, "state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
	"monitoring": {"action_log": false},
	"oversight": {"approval": "never", "stop": false},
}

good := {
	"derived": {"autonomous": true, "state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
	"monitoring": {"action_log": true},
	"oversight": {"approval": "never", "stop": true},
}

finding := {"facts": [["derived", "autonomous"], ["derived", "state_change"]]}

test_fires_with_neither_log_nor_stop if {
	rule.findings == {finding} with input as bad
}

test_fires_when_both_are_undisclosed if {
	rule.findings == {finding} with input as json.remove(bad, ["monitoring", "oversight/stop"])
}

test_silent_with_log_and_stop if {
	rule.findings == set() with input as good
}

test_silent_with_a_log_alone if {
	rule.findings == set() with input as object.union(bad, {"monitoring": {"action_log": true}})
}

test_silent_with_a_stop_alone if {
	rule.findings == set() with input as object.union(bad, {"oversight": {"stop": true}})
}

test_silent_when_a_leg_is_missing if {
	every leg in ["autonomous", "state_change"] {
		rule.findings == set() with input as object.union(bad, {"derived": {leg: false}})
		rule.findings == set() with input as json.remove(bad, [["derived", leg]])
	}
}
