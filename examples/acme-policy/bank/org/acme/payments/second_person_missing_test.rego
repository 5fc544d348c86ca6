package org.acme.payments.second_person_missing_test

import data.org.acme.payments.second_person_missing as rule

bad := {
	"derived": {"moves_money": true},
	"tools": [{"id": "bank", "access": ["pay"]}],
	"oversight": {"approval": "risky", "informed_approval": true},
}

good := {
	"derived": {"moves_money": true},
	"tools": [{"id": "bank", "access": ["pay"]}],
	"oversight": {"approval": "always", "informed_approval": true},
}

finding := {{"facts": [["derived", "moves_money"]]}}

test_fires if {
	rule.findings == finding with input as bad
}

test_fires_when_uninformed if {
	rule.findings == finding with input as {"derived": {"moves_money": true}, "oversight": {"approval": "always"}}
}

test_silent_with_a_second_person if {
	rule.findings == set() with input as good
}

test_silent_without_payments if {
	rule.findings == set() with input as {"oversight": {"approval": "never"}}
}
