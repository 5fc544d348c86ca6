package maestro.l2_data_operations.locations_undisclosed_test

import data.maestro.l2_data_operations.locations_undisclosed as rule

bad := {
	"data": {"classes": ["pii"]},
	"derived": {"customer_data": true},
}

good := {
	"data": {"classes": ["pii"], "locations": true, "subprocessors": true},
	"derived": {"customer_data": true},
}

finding(terms, names, severity) := {
	"facts": [["data", term] | some term in terms],
	"args": names,
	"severity": severity,
}

both(severity) := finding(["locations", "subprocessors"], ["processing locations", "sub-processors"], severity)

test_medium_with_customer_data if {
	rule.findings == {both("medium")} with input as bad
}

test_low_otherwise if {
	rule.findings == {both("low")} with input as {}
}

test_names_what_is_missing if {
	rule.findings == {finding(["locations"], ["processing locations"], "low")} with input as {"data": {"subprocessors": true}}
	rule.findings == {finding(["subprocessors"], ["sub-processors"], "low")} with input as {"data": {"locations": true}}
	rule.findings == {finding(["subprocessors"], ["sub-processors"], "low")} with input as {"data": {"locations": false}}
}

test_fires_on_a_host_whose_model_is_not_named if {
	rule.findings == {both("low")} with input as {"execution": {"environment": "local_host"}}
	rule.findings == {both("low")} with input as {
		"execution": {"environment": "saas"},
		"model": {"provider": "OpenAI"},
	}
}

test_silent_at_home_with_a_named_provider if {
	every environment in ["local_host", "customer_host"] {
		rule.findings == set() with input as {
			"execution": {"environment": environment},
			"model": {"provider": "OpenAI"},
		}
	}
}

test_silent_without_customer_data if {
	rule.findings == set() with input as {"derived": {"customer_data": false}}
}

test_silent_when_both_listed if {
	rule.findings == set() with input as good
}

test_silent_when_declared_absent if {
	rule.findings == set() with input as {"data": {"locations": false, "subprocessors": false}}
}
