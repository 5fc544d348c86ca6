package maestro.l6_security_compliance.identity_undisclosed_test

import data.maestro.l6_security_compliance.identity_undisclosed as rule

bad := {
	"derived": {"has_tools": true},
	"tools": [{"id": "crm", "kind": "saas"}],
}

good := {
	"derived": {"has_tools": true},
	"tools": [{"id": "crm", "kind": "saas"}],
	"identity": {"acts_as": "user_delegated"},
}

finding := {"facts": [["identity", "acts_as"], ["derived", "has_tools"]]}

test_fires_when_identity_undisclosed if {
	rule.findings == {finding} with input as bad
}

test_silent_when_disclosed if {
	rule.findings == set() with input as good
}

test_silent_when_disclosed_as_shared if {
	rule.findings == set() with input as {
		"derived": {"has_tools": true},
		"identity": {"acts_as": "shared_service_account"},
	}
}

test_silent_without_known_tools if {
	every derived in [{}, {"has_tools": false}] {
		rule.findings == set() with input as {"derived": derived}
	}
}
