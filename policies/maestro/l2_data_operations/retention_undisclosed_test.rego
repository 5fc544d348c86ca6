package maestro.l2_data_operations.retention_undisclosed_test

import data.maestro.l2_data_operations.retention_undisclosed as rule

bad := {"data": {"handling": true}}

good := {"data": {"handling": true, "retention": true, "deletion": true}}

retention := {"facts": [["data", "retention"]]}

deletion := {"facts": [["data", "deletion"]]}

test_fires_when_both_undisclosed if {
	rule.findings == {retention, deletion} with input as bad
}

test_fires_when_retention_undisclosed if {
	rule.findings == {retention} with input as {"data": {"deletion": true}}
}

test_fires_when_deletion_undisclosed if {
	rule.findings == {deletion} with input as {"data": {"retention": true}}
}

test_silent_when_both_stated if {
	rule.findings == set() with input as good
}

test_silent_when_declared_absent if {
	rule.findings == set() with input as {"data": {"retention": false, "deletion": false}}
}
