package maestro.l6_security_compliance.incident_route_undisclosed_test

import data.maestro.l6_security_compliance.incident_route_undisclosed as rule

bad := {"incident": {}}

good := {"incident": {"contact": true}}

finding := {"facts": [["incident", "response"], ["incident", "contact"], ["incident", "vdp"]]}

test_fires_when_nothing_is_disclosed if {
	rule.findings == {finding} with input as bad
}

test_silent_with_a_contact if {
	rule.findings == set() with input as good
}

test_silent_when_any_answer_is_disclosed if {
	every fact in ["response", "contact", "vdp"] {
		every answer in [true, false] {
			rule.findings == set() with input as {"incident": {fact: answer}}
		}
	}
}
