package maestro.cross_layer.rule_of_two_test

import data.maestro.cross_layer.rule_of_two as rule

bad := {
	"derived": {"untrusted_input": true, "sensitive_access": true, "state_change": true},
	"data": {"classes": ["crm"], "ingress": ["web"]},
	"tools": [{"id": "crm", "kind": "saas", "access": ["read", "write"]}],
	"oversight": {"approval": "never"},
}

good := {
	"derived": {"untrusted_input": true, "sensitive_access": true, "state_change": true},
	"data": {"classes": ["crm"], "ingress": ["web"]},
	"tools": [{"id": "crm", "kind": "saas", "access": ["read", "write"]}],
	"oversight": {"approval": "risky"},
}

facts(power) := [
	["derived", "untrusted_input"],
	["derived", "sensitive_access"],
	["derived", power],
]

finding(power) := {"facts": facts(power), "controls": [["oversight", "approval"]]}

uninformed(power) := {"facts": facts(power), "controls": [["oversight", "informed_approval"]]}

sending := {"derived": {"state_change": false, "external_communication": true}}

test_fires_on_state_change if {
	rule.findings == {finding("state_change")} with input as bad
}

test_fires_on_external_communication if {
	expected := {finding("external_communication")}
	rule.findings == expected with input as object.union(bad, sending)
}

test_fires_when_approval_is_undisclosed if {
	rule.findings == {finding("state_change")} with input as json.remove(bad, ["oversight"])
}

test_fires_when_approval_is_uninformed if {
	every approval in ["always", "risky"] {
		blind := object.union(bad, {"oversight": {"approval": approval, "informed_approval": false}})
		rule.findings == {uninformed("state_change")} with input as blind
		rule.findings == {uninformed("external_communication")} with input as object.union(blind, sending)
	}
}

test_silent_when_approval_is_informed if {
	rule.findings == set() with input as object.union(good, {"oversight": {"informed_approval": true}})
}

test_silent_when_risky_actions_are_approved if {
	rule.findings == set() with input as good
}

test_silent_when_everything_is_approved if {
	approved := object.union(bad, {"oversight": {"approval": "always"}})
	rule.findings == set() with input as approved
	rule.findings == set() with input as object.union(approved, sending)
}

test_silent_when_a_leg_is_missing if {
	every leg in ["untrusted_input", "sensitive_access", "state_change"] {
		rule.findings == set() with input as object.union(bad, {"derived": {leg: false}})
		rule.findings == set() with input as json.remove(bad, [["derived", leg]])
	}
}
