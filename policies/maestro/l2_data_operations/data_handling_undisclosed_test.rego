package maestro.l2_data_operations.data_handling_undisclosed_test

import data.maestro.l2_data_operations.data_handling_undisclosed as rule

bad := {
	"data": {"classes": ["crm"]},
	"derived": {"customer_data": true},
}

good := {
	"data": {"classes": ["crm"], "handling": true},
	"derived": {"customer_data": true},
}

finding(severity) := {"facts": [["data", "handling"]], "severity": severity}

test_high_with_customer_data if {
	rule.findings == {finding("high")} with input as bad
}

test_medium_when_customer_data_is_not_certain if {
	rule.findings == {finding("medium")} with input as {"data": {"classes": ["public"]}}
}

test_silent_when_described if {
	rule.findings == set() with input as good
}

test_silent_when_declared_absent if {
	rule.findings == set() with input as {"data": {"handling": false}}
}

test_silent_when_all_data_is_public_or_its_own if {
	rule.findings == set() with input as {"derived": {"customer_data": false}}
}
