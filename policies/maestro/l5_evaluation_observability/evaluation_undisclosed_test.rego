package maestro.l5_evaluation_observability.evaluation_undisclosed_test

import data.maestro.l5_evaluation_observability.evaluation_undisclosed as rule

bad := {"evaluation": {}}

good := {"evaluation": {"agent_level": true}}

names := ["agent_level", "red_team"]

finding(open) := {"facts": [["evaluation", name] | some name in open]}

test_fires_when_nothing_is_disclosed if {
	rule.findings == {finding(names)} with input as bad
}

test_fires_when_only_an_independent_test_is_denied if {
	rule.findings == {finding(names)} with input as {"evaluation": {"independent": false}}
}

test_silent_when_evaluated if {
	rule.findings == set() with input as good
}

test_fires_on_the_undisclosed_when_others_are_missing if {
	every name in names {
		others := [other | some other in names; other != name]
		rule.findings == {finding(others)} with input as {"evaluation": {name: false}}
		missing := {other: false | some other in others}
		rule.findings == {finding([name])} with input as {"evaluation": missing}
	}
}

test_silent_when_all_are_missing if {
	rule.findings == set() with input as {"evaluation": {name: false | some name in names}}
}

test_silent_when_any_is_there if {
	every name in names {
		rule.findings == set() with input as {"evaluation": {name: true}}
		missing := {other: false | some other in names; other != name}
		rule.findings == set() with input as {"evaluation": object.union(missing, {name: true})}
	}
}

test_silent_when_tested_independently if {
	rule.findings == set() with input as {"evaluation": {"independent": true}}
	rule.findings == set() with input as {"evaluation": {"independent": true, "red_team": false}}
}
