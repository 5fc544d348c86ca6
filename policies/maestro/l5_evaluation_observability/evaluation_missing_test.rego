package maestro.l5_evaluation_observability.evaluation_missing_test

import data.maestro.l5_evaluation_observability.evaluation_missing as rule

bad := {"evaluation": {"agent_level": false, "red_team": false}}

good := {"evaluation": {"agent_level": false, "red_team": true}}

finding := {"facts": [["evaluation", "agent_level"], ["evaluation", "red_team"]]}

test_fires_when_neither_was_done if {
	rule.findings == {finding} with input as bad
	rule.findings == {finding} with input as object.union(bad, {"evaluation": {"independent": false}})
}

test_silent_when_red_teamed if {
	rule.findings == set() with input as good
}

test_silent_when_either_was_done_or_is_undisclosed if {
	every fact in ["agent_level", "red_team"] {
		rule.findings == set() with input as object.union(bad, {"evaluation": {fact: true}})
		rule.findings == set() with input as json.remove(bad, [["evaluation", fact]])
	}
}

test_silent_when_tested_independently if {
	rule.findings == set() with input as object.union(bad, {"evaluation": {"independent": true}})
}
