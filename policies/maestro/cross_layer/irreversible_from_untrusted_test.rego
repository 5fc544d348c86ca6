package maestro.cross_layer.irreversible_from_untrusted_test

import data.maestro.cross_layer.irreversible_from_untrusted as rule

bad := {
	"derived": {"untrusted_input": true, "destructive": true},
	"data": {"ingress": ["tickets"]},
	"tools": [{"id": "drive", "kind": "saas", "access": ["read", "delete"]}],
	"oversight": {"approval": "never", "undo": false},
}

good := {
	"derived": {"untrusted_input": true, "destructive": true},
	"data": {"ingress": ["tickets"]},
	"tools": [{"id": "drive", "kind": "saas", "access": ["read", "delete"]}],
	"oversight": {"approval": "never", "undo": true},
}

finding := {"facts": [["derived", "untrusted_input"], ["derived", "destructive"]]}

test_fires_without_approval_and_undo if {
	rule.findings == {finding} with input as bad
}

test_fires_when_controls_are_undisclosed if {
	rule.findings == {finding} with input as json.remove(bad, ["oversight"])
}

test_silent_with_undo if {
	rule.findings == set() with input as good
}

test_silent_with_approval if {
	every approval in ["always", "risky"] {
		rule.findings == set() with input as object.union(bad, {"oversight": {"approval": approval}})
	}
}

test_silent_when_a_leg_is_missing if {
	every leg in ["untrusted_input", "destructive"] {
		rule.findings == set() with input as object.union(bad, {"derived": {leg: false}})
		rule.findings == set() with input as json.remove(bad, [["derived", leg]])
	}
}
