package maestro.cross_layer.self_modification_uncontrolled_test

import data.maestro.cross_layer.self_modification_uncontrolled as rule

bad := {"self_modification": {"allowed": true, "change_control": false}}

good := {"self_modification": {"allowed": true, "change_control": true}}

finding := {"facts": [["self_modification", "allowed"]]}

test_fires_without_change_control if {
	rule.findings == {finding} with input as bad
}

test_fires_when_change_control_is_undisclosed if {
	rule.findings == {finding} with input as {"self_modification": {"allowed": true}}
}

test_silent_with_change_control if {
	rule.findings == set() with input as good
}

test_silent_when_not_allowed if {
	rule.findings == set() with input as object.union(bad, {"self_modification": {"allowed": false}})
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as json.remove(bad, ["self_modification/allowed"])
}
