package maestro.l1_foundation_models.output_unvalidated_test

import data.maestro.l1_foundation_models.output_unvalidated as rule

bad := {
	"derived": {"code_execution": true},
	"execution": {"runs_code": true},
	"guardrails": {"output_validation": false},
}

good := {
	"derived": {"code_execution": true},
	"execution": {"runs_code": true},
	"guardrails": {"output_validation": true},
}

code := {"facts": [["derived", "code_execution"]]}

change := {"facts": [["derived", "state_change"]]}

test_fires_when_code_runs_unvalidated if {
	rule.findings == {code} with input as bad
}

test_fires_when_changes_are_unvalidated if {
	rule.findings == {change} with input as {
		"derived": {"state_change": true},
		"guardrails": {"output_validation": false},
	}
}

test_fires_when_validation_undisclosed if {
	rule.findings == {change, code} with input as {"derived": {"code_execution": true, "state_change": true}}
}

test_silent_when_validated if {
	rule.findings == set() with input as good
}

test_silent_when_changes_are_validated if {
	rule.findings == set() with input as {
		"derived": {"state_change": true},
		"guardrails": {"output_validation": true},
	}
}

test_silent_when_nothing_acts if {
	rule.findings == set() with input as {
		"derived": {"code_execution": false, "state_change": false},
		"guardrails": {"output_validation": false},
	}
}

test_silent_when_acting_is_not_certain if {
	rule.findings == set() with input as {"guardrails": {"output_validation": false}}
}

test_silent_when_a_person_judges_every_action if {
	always := {"oversight": {"approval": "always"}}
	rule.findings == set() with input as object.union(bad, always)
	rule.findings == set() with input as object.union(always, {"derived": {"state_change": true}})
}

test_fires_when_approval_is_partial_or_uninformed if {
	rule.findings == {code} with input as object.union(bad, {"oversight": {"approval": "risky"}})
	blind := {"oversight": {"approval": "always", "informed_approval": false}}
	rule.findings == {code} with input as object.union(bad, blind)
}
