package maestro.l5_evaluation_observability.actions_unattributed_test

import data.maestro.l5_evaluation_observability.actions_unattributed as rule

bad := {"monitoring": {"action_log": true, "attribution": false}}

good := {"monitoring": {"action_log": true, "attribution": true}}

finding := {"facts": [["monitoring", "action_log"]]}

test_fires_without_attribution if {
	rule.findings == {finding} with input as bad
}

test_fires_when_attribution_undisclosed if {
	rule.findings == {finding} with input as {"monitoring": {"action_log": true}}
}

test_silent_with_attribution if {
	rule.findings == set() with input as good
}

test_silent_without_a_known_log if {
	rule.findings == set() with input as {"monitoring": {"attribution": false}}
	rule.findings == set() with input as {"monitoring": {"action_log": false, "attribution": false}}
}
