package maestro.l2_data_operations.locations_undisclosed_test

import data.maestro.l2_data_operations.locations_undisclosed as rule

bad := {
	"data": {"classes": ["pii"]},
	"derived": {"private_data": true},
}

good := {
	"data": {"classes": ["pii"], "locations": true, "subprocessors": true},
	"derived": {"private_data": true},
}

locations(severity) := {"facts": [["data", "locations"]], "severity": severity}

subprocessors(severity) := {"facts": [["data", "subprocessors"]], "severity": severity}

test_medium_with_private_data if {
	rule.findings == {locations("medium"), subprocessors("medium")} with input as bad
}

test_low_otherwise if {
	rule.findings == {locations("low"), subprocessors("low")} with input as {"derived": {"private_data": false}}
}

test_fires_when_locations_undisclosed if {
	rule.findings == {locations("low")} with input as {"data": {"subprocessors": true}}
}

test_fires_when_subprocessors_undisclosed if {
	rule.findings == {subprocessors("low")} with input as {"data": {"locations": true}}
}

test_silent_when_both_listed if {
	rule.findings == set() with input as good
}

test_silent_when_declared_absent if {
	rule.findings == set() with input as {"data": {"locations": false, "subprocessors": false}}
}
