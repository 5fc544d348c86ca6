package maestro.cross_layer.autonomous_payments_test

import data.maestro.cross_layer.autonomous_payments as rule

bad := {
	"derived": {"moves_money": true},
	"tools": [{"id": "bank", "kind": "payment", "access": ["pay"]}],
	"oversight": {"approval": "never", "spending_limit": false},
}

good := {
	"derived": {"moves_money": true},
	"tools": [{"id": "bank", "kind": "payment", "access": ["pay"]}],
	"oversight": {"approval": "never", "spending_limit": true},
}

finding := {"facts": [["derived", "moves_money"], ["oversight", "approval"]]}

test_fires_without_a_cap if {
	rule.findings == {finding} with input as bad
}

test_fires_when_the_cap_is_undisclosed if {
	rule.findings == {finding} with input as json.remove(bad, ["oversight/spending_limit"])
}

uninformed := {"facts": [["derived", "moves_money"], ["oversight", "informed_approval"]]}

blind(approval) := object.union(bad, {"oversight": {"approval": approval, "informed_approval": false}})

test_fires_when_approval_is_uninformed if {
	every approval in ["always", "risky"] {
		rule.findings == {uninformed} with input as blind(approval)
		rule.findings == {uninformed} with input as json.remove(blind(approval), ["oversight/spending_limit"])
	}
}

test_fires_when_uninformed_approval_may_cover_nothing if {
	rule.findings == {finding, uninformed} with input as blind("never")
	rule.findings == {open, uninformed} with input as json.remove(blind("never"), ["oversight/approval"])
}

test_silent_when_uninformed_with_a_cap if {
	capped := object.union(blind("always"), {"oversight": {"spending_limit": true}})
	rule.findings == set() with input as capped
}

test_silent_when_approval_is_informed if {
	informed := object.union(blind("always"), {"oversight": {"informed_approval": true}})
	rule.findings == set() with input as informed
}

test_silent_with_a_cap if {
	rule.findings == set() with input as good
}

test_silent_with_approval if {
	every approval in ["always", "risky"] {
		rule.findings == set() with input as object.union(bad, {"oversight": {"approval": approval}})
	}
}

# Possible at most: approval is a control here, and it is undisclosed.
open := object.union(finding, {"controls": [["oversight", "approval"], ["oversight", "spending_limit"]]})

test_fires_when_approval_is_undisclosed if {
	rule.findings == {open} with input as json.remove(bad, ["oversight/approval"])
	rule.findings == {open} with input as json.remove(bad, ["oversight"])
}

test_silent_with_a_cap_when_approval_is_undisclosed if {
	rule.findings == set() with input as json.remove(good, ["oversight/approval"])
}

test_silent_without_payments if {
	rule.findings == set() with input as json.remove(bad, ["derived/moves_money"])
	rule.findings == set() with input as json.remove(bad, ["derived/moves_money", "oversight"])
	rule.findings == set() with input as object.union(bad, {"derived": {"moves_money": false}})
	rule.findings == set() with input as object.union(blind("risky"), {"derived": {"moves_money": false}})
	rule.findings == set() with input as json.remove(blind("risky"), ["derived/moves_money"])
}
