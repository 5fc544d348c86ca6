package maestro.l1_foundation_models.filters_in_place_test

import data.maestro.l1_foundation_models.filters_in_place as rule

# The rule is a strength: it fires on bad, to the agent's credit.
bad := {"guardrails": {"input_filter": true, "content_filter": true}}

good := {"guardrails": {"input_filter": true, "content_filter": false}}

test_fires_with_both if {
	rule.findings == {{"facts": [["guardrails", "input_filter"], ["guardrails", "content_filter"]]}} with input as bad
}

test_silent_without_one if {
	rule.findings == set() with input as good
	rule.findings == set() with input as {"guardrails": {"content_filter": true}}
	rule.findings == set() with input as {}
}
