package maestro.l5_evaluation_observability.evaluation_undisclosed_test

import data.maestro.l5_evaluation_observability.evaluation_undisclosed as rule

bad := {"evaluation": {}}

good := {"evaluation": {"agent_level": true}}

finding := {"facts": [["evaluation", "agent_level"], ["evaluation", "red_team"]]}

test_fires_when_nothing_is_disclosed if {
	rule.findings == {finding} with input as bad
}

test_fires_when_only_an_independent_test_is_denied if {
	rule.findings == {finding} with input as {"evaluation": {"independent": false}}
}

test_silent_when_evaluated if {
	rule.findings == set() with input as good
}

test_silent_when_either_answer_is_disclosed if {
	every fact in ["agent_level", "red_team"] {
		every answer in [true, false] {
			rule.findings == set() with input as {"evaluation": {fact: answer}}
		}
	}
}

test_silent_when_tested_independently if {
	rule.findings == set() with input as {"evaluation": {"independent": true}}
}
