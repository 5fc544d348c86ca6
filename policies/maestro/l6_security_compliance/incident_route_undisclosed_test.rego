package maestro.l6_security_compliance.incident_route_undisclosed_test

import data.maestro.l6_security_compliance.incident_route_undisclosed as rule

bad := {"incident": {}}

good := {"incident": {"contact": true}}

names := ["contact", "response", "vdp"]

finding(open) := {"facts": [["incident", name] | some name in open]}

test_fires_when_nothing_is_disclosed if {
	rule.findings == {finding(names)} with input as bad
}

test_silent_with_a_contact if {
	rule.findings == set() with input as good
}

test_fires_on_the_undisclosed_when_others_are_missing if {
	every name in names {
		others := [other | some other in names; other != name]
		rule.findings == {finding(others)} with input as {"incident": {name: false}}
		missing := {other: false | some other in others}
		rule.findings == {finding([name])} with input as {"incident": missing}
	}
}

test_silent_when_all_are_missing if {
	rule.findings == set() with input as {"incident": {name: false | some name in names}}
}

test_silent_when_any_is_there if {
	every name in names {
		rule.findings == set() with input as {"incident": {name: true}}
		missing := {other: false | some other in names; other != name}
		rule.findings == set() with input as {"incident": object.union(missing, {name: true})}
	}
}
