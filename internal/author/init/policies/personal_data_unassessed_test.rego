package org.acme.personal_data_unassessed_test

import data.org.acme.personal_data_unassessed as rule

bad := {
	"data": {"classes": ["pii"]},
	"derived": {"private_data": true},
	"compliance": {"impact_assessment": false},
}

good := {
	"data": {"classes": ["pii"]},
	"derived": {"private_data": true},
	"compliance": {"impact_assessment": true},
}

test_fires_without_an_assessment if {
	rule.findings == {{"facts": [["derived", "private_data"]]}} with input as bad
}

# Rules say nothing about status: the program finds out that the control is
# undisclosed, and the finding is then possible and no more than high.
test_fires_when_undisclosed if {
	rule.findings == {{"facts": [["derived", "private_data"]]}} with input as {"derived": {"private_data": true}}
}

test_silent_with_an_assessment if {
	rule.findings == set() with input as good
}

test_silent_without_such_data if {
	rule.findings == set() with input as {"derived": {"private_data": false}}
}

test_silent_when_the_data_is_not_certain if {
	rule.findings == set() with input as {"compliance": {"impact_assessment": false}}
}
