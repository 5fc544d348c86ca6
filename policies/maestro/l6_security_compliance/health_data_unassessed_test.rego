package maestro.l6_security_compliance.health_data_unassessed_test

import data.maestro.l6_security_compliance.health_data_unassessed as rule

bad := {"data": {"classes": ["phi"]}, "compliance": {"impact_assessment": false}}

good := {"data": {"classes": ["phi"]}, "compliance": {"impact_assessment": true}}

finding := {"facts": [["data", "classes"]], "controls": [["compliance", "impact_assessment"]]}

test_fires_without_an_assessment if {
	rule.findings == {finding} with input as bad
	rule.findings == {finding} with input as {"data": {"classes": ["pii", "phi"]}}
}

test_silent_with_an_assessment if {
	rule.findings == set() with input as good
}

test_silent_without_health_data if {
	rule.findings == set() with input as {"data": {"classes": ["pii"]}, "compliance": {"impact_assessment": false}}
	rule.findings == set() with input as {}
}
