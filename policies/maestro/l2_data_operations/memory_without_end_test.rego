package maestro.l2_data_operations.memory_without_end_test

import data.maestro.l2_data_operations.memory_without_end as rule

bad := {"memory": {"persistent": true, "expiry": false, "user_control": false}}

good := {"memory": {"persistent": true, "expiry": true, "user_control": false}}

finding := {"facts": [["memory", "persistent"]]}

test_fires_without_expiry_and_user_control if {
	rule.findings == {finding} with input as bad
}

test_fires_when_controls_undisclosed if {
	rule.findings == {finding} with input as {"memory": {"persistent": true}}
}

test_silent_when_entries_expire if {
	rule.findings == set() with input as good
}

test_silent_when_users_can_clear if {
	rule.findings == set() with input as {"memory": {"persistent": true, "expiry": false, "user_control": true}}
}

test_silent_without_memory if {
	rule.findings == set() with input as {"memory": {"persistent": false, "expiry": false, "user_control": false}}
}

test_silent_when_memory_undisclosed if {
	rule.findings == set() with input as {"memory": {"expiry": false, "user_control": false}}
}

test_silent_in_files_of_the_user if {
	rule.findings == set() with input as {
		"execution": {"environment": "local_host"},
		"memory": {"persistent": true},
	}
}

test_fires_elsewhere_and_where_the_user_cannot_clear_it if {
	rule.findings == {finding} with input as {
		"execution": {"environment": "saas"},
		"memory": {"persistent": true},
	}
	rule.findings == {finding} with input as object.union(bad, {"execution": {"environment": "local_host"}})
}
