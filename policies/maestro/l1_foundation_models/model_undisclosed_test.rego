package maestro.l1_foundation_models.model_undisclosed_test

import data.maestro.l1_foundation_models.model_undisclosed as rule

bad := {
	"derived": {"code_execution": true},
	"execution": {"runs_code": true},
}

good := {
	"derived": {"code_execution": true},
	"execution": {"runs_code": true},
	"model": {"name": "example-large-2026-05-01", "provider": "Example AI"},
}

finding(severity) := {"facts": [["model", "name"], ["model", "provider"]], "severity": severity}

test_high_with_code_execution if {
	rule.findings == {finding("high")} with input as bad
}

test_high_with_state_change if {
	rule.findings == {finding("high")} with input as {"derived": {"state_change": true}}
}

test_medium_otherwise if {
	rule.findings == {finding("medium")} with input as {"derived": {"code_execution": false, "state_change": false}}
}

test_fires_when_only_hosting_disclosed if {
	rule.findings == {finding("medium")} with input as {"model": {"hosting": "vendor_api"}}
}

test_silent_when_both_named if {
	rule.findings == set() with input as good
}

test_silent_when_only_name_disclosed if {
	rule.findings == set() with input as {"model": {"name": "example-large"}}
}

test_silent_when_only_provider_disclosed if {
	rule.findings == set() with input as {"model": {"provider": "Example AI"}}
}

test_silent_when_customer_chooses_model if {
	rule.findings == set() with input as {"model": {"hosting": "customer_choice"}}
}
