package maestro.l2_data_operations.encryption_missing_test

import data.maestro.l2_data_operations.encryption_missing as rule

bad := {"data": {"encryption": false}}

good := {"data": {"encryption": true}}

finding(severity) := {"facts": [["data", "encryption"]], "severity": severity}

test_medium_when_declared_unencrypted if {
	rule.findings == {finding("medium")} with input as bad
	rule.findings == {finding("medium")} with input as object.union(bad, {"derived": {"private_data": false}})
}

test_high_with_private_data if {
	rule.findings == {finding("high")} with input as object.union(bad, {"derived": {"private_data": true}})
}

test_silent_when_encrypted if {
	rule.findings == set() with input as good
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"derived": {"private_data": true}, "data": {}}
}
