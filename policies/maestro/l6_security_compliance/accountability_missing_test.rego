package maestro.l6_security_compliance.accountability_missing_test

import data.maestro.l6_security_compliance.accountability_missing as rule

bad := {"compliance": {"use_class": "high_risk", "owner": false, "impact_assessment": false}}

good := {"compliance": {"use_class": "high_risk", "owner": true, "impact_assessment": true}}

owner(severity) := {"facts": [["compliance", "owner"]], "severity": severity}

assessment := {
	"facts": [["compliance", "use_class"]],
	"severity": "high",
	"controls": [["compliance", "impact_assessment"]],
}

test_fires_on_both if {
	rule.findings == {owner("high"), assessment} with input as bad
}

test_fires_without_an_owner if {
	rule.findings == {owner("medium")} with input as {"compliance": {"owner": false}}
	rule.findings == {owner("medium")} with input as {"compliance": {"use_class": "limited", "owner": false}}
}

test_fires_without_an_assessment_of_a_high_risk_use if {
	rule.findings == {assessment} with input as {"compliance": {
		"use_class": "high_risk",
		"owner": true,
		"impact_assessment": false,
	}}
}

test_fires_when_the_assessment_of_a_high_risk_use_is_undisclosed if {
	rule.findings == {assessment} with input as {"compliance": {"use_class": "high_risk"}}
}

test_silent_with_owner_and_assessment if {
	rule.findings == set() with input as good
}

test_silent_without_an_assessment_of_another_use if {
	rule.findings == set() with input as {"compliance": {"use_class": "limited", "impact_assessment": false}}
	rule.findings == set() with input as {"compliance": {"impact_assessment": false}}
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {}
}
