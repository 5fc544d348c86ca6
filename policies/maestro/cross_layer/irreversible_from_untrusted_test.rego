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

finding(approval) := {
	"facts": [["derived", "untrusted_input"], ["derived", "destructive"]],
	"controls": [["oversight", approval], ["oversight", "undo"]],
}

test_fires_without_approval_and_undo if {
	rule.findings == {finding("approval")} with input as bad
}

test_fires_when_controls_are_undisclosed if {
	rule.findings == {finding("approval")} with input as json.remove(bad, ["oversight"])
}

test_fires_when_approval_is_uninformed if {
	every approval in ["always", "risky"] {
		blind := object.union(bad, {"oversight": {"approval": approval, "informed_approval": false}})
		rule.findings == {finding("informed_approval")} with input as blind
	}
}

test_silent_when_approval_is_informed if {
	informed := object.union(bad, {"oversight": {"approval": "risky", "informed_approval": true}})
	rule.findings == set() with input as informed
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
