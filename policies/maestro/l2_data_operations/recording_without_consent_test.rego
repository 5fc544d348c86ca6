package maestro.l2_data_operations.recording_without_consent_test

import data.maestro.l2_data_operations.recording_without_consent as rule

bad := {"data": {"records_calls": true, "recording_consent": false}}

good := {"data": {"records_calls": true, "recording_consent": true}}

finding := {"facts": [["data", "records_calls"]], "controls": [["data", "recording_consent"]]}

test_fires_without_consent if {
	rule.findings == {finding} with input as bad
	rule.findings == {finding} with input as {"data": {"records_calls": true}}
}

test_silent_with_consent if {
	rule.findings == set() with input as good
}

test_silent_where_nothing_is_recorded if {
	rule.findings == set() with input as {"data": {"records_calls": false, "recording_consent": false}}
	rule.findings == set() with input as {}
}
