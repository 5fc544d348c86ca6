package org.acme.assurance.report_missing_test

import data.org.acme.assurance.report_missing as rule

bad := {
	"derived": {"private_data": true},
	"data": {"classes": ["pii"]},
	"compliance": {"certifications": [{"id": "soc2", "scope": true}]},
}

good := {
	"derived": {"private_data": true},
	"data": {"classes": ["pii"]},
	"compliance": {"certifications": [{"id": "soc2", "scope": true, "report_access": true}]},
}

finding := {{"facts": [["derived", "private_data"], ["compliance", "certifications"]]}}

test_fires if {
	rule.findings == finding with input as bad
}

test_fires_when_undisclosed if {
	rule.findings == finding with input as {"derived": {"private_data": true}}
}

test_fires_on_a_report_we_do_not_take if {
	rule.findings == finding with input as {
		"derived": {"private_data": true},
		"compliance": {"certifications": [{"id": "star_l1", "scope": true, "report_access": true}]},
	}
}

test_silent_with_a_report if {
	rule.findings == set() with input as good
}

test_silent_without_private_data if {
	rule.findings == set() with input as {}
}
