package maestro.l6_security_compliance.approval_missing_test

import data.maestro.l6_security_compliance.approval_missing as rule

bad := {
	"derived": {"high_impact": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["delete"]}],
	"oversight": {"approval": "never"},
}

good := {
	"derived": {"high_impact": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["delete"]}],
	"oversight": {"approval": "risky"},
}

finding := {"facts": [["oversight", "approval"], ["derived", "high_impact"]]}

test_fires_when_nothing_is_approved if {
	rule.findings == {finding} with input as bad
}

uninformed := {"facts": [["oversight", "informed_approval"], ["derived", "high_impact"]]}

test_fires_when_approval_is_uninformed if {
	every approval in ["always", "risky"] {
		blind := {"oversight": {"approval": approval, "informed_approval": false}}
		rule.findings == {uninformed} with input as object.union(bad, blind)
	}
}

test_silent_when_approval_is_informed if {
	rule.findings == set() with input as object.union(good, {"oversight": {"informed_approval": true}})
}

test_silent_when_risky_actions_wait if {
	rule.findings == set() with input as good
}

test_silent_when_all_actions_wait if {
	rule.findings == set() with input as {
		"derived": {"high_impact": true},
		"oversight": {"approval": "always"},
	}
}

test_silent_when_approval_undisclosed if {
	rule.findings == set() with input as {"derived": {"high_impact": true}}
}

test_silent_without_high_impact if {
	every derived in [{}, {"high_impact": false}] {
		rule.findings == set() with input as {"derived": derived, "oversight": {"approval": "never"}}
		rule.findings == set() with input as {"derived": derived, "oversight": {"informed_approval": false}}
	}
}
