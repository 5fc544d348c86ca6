package maestro.l5_evaluation_observability.independent_evaluation_test

import data.maestro.l5_evaluation_observability.independent_evaluation as rule

# The rule is a strength: it fires on bad, to the agent's credit.
bad := {"evaluation": {"agent_level": true, "independent": true}}

good := {"evaluation": {"agent_level": true, "independent": false}}

agent_level := {"facts": [["evaluation", "independent"], ["evaluation", "agent_level"]]}

red_team := {"facts": [["evaluation", "independent"], ["evaluation", "red_team"]]}

test_fires_on_independent_evaluation if {
	rule.findings == {agent_level} with input as bad
}

test_fires_on_independent_red_team if {
	rule.findings == {red_team} with input as {"evaluation": {"red_team": true, "independent": true}}
}

test_fires_on_both if {
	rule.findings == {agent_level, red_team} with input as {"evaluation": {
		"agent_level": true,
		"red_team": true,
		"independent": true,
	}}
}

test_silent_when_the_vendor_tested_itself if {
	rule.findings == set() with input as good
}

test_silent_when_independence_undisclosed if {
	rule.findings == set() with input as {"evaluation": {"agent_level": true, "red_team": true}}
}

test_silent_when_the_test_is_not_of_the_agent if {
	rule.findings == set() with input as {"evaluation": {"independent": true}}
	rule.findings == set() with input as {"evaluation": {
		"agent_level": false,
		"red_team": false,
		"independent": true,
	}}
}
