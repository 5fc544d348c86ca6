package maestro.l6_security_compliance.ai_disclosure_missing_test

import data.maestro.l6_security_compliance.ai_disclosure_missing as rule

bad := {
	"derived": {"external_communication": true},
	"tools": [{"id": "mail", "kind": "email", "access": ["send"]}],
	"oversight": {"ai_disclosure": false},
}

good := {
	"derived": {"external_communication": true},
	"tools": [{"id": "mail", "kind": "email", "access": ["send"]}],
	"oversight": {"ai_disclosure": true},
}

finding := {"facts": [["oversight", "ai_disclosure"], ["derived", "external_communication"]]}

test_fires_when_people_are_not_told if {
	rule.findings == {finding} with input as bad
}

test_silent_when_told if {
	rule.findings == set() with input as good
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"derived": {"external_communication": true}}
}

test_silent_without_outside_communication if {
	every derived in [{}, {"external_communication": false}] {
		rule.findings == set() with input as {"derived": derived, "oversight": {"ai_disclosure": false}}
	}
}
