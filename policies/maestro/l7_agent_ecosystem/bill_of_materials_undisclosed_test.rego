package maestro.l7_agent_ecosystem.bill_of_materials_undisclosed_test

import data.maestro.l7_agent_ecosystem.bill_of_materials_undisclosed as rule

bad := {"execution": {"environment": "local_host"}}

good := {"execution": {"environment": "local_host"}, "supply": {"sbom": true}}

finding(severity) := {
	"facts": [["supply", "sbom"], ["supply", "aibom"], ["supply", "release_signing"]],
	"severity": severity,
}

test_medium_on_a_local_host if {
	rule.findings == {finding("medium")} with input as bad
}

test_medium_on_a_customer_host if {
	rule.findings == {finding("medium")} with input as {"execution": {"environment": "customer_host"}}
}

test_low_as_a_service if {
	rule.findings == {finding("low")} with input as {"execution": {"environment": "saas"}}
}

test_low_when_the_environment_is_undisclosed if {
	rule.findings == {finding("low")} with input as {}
}

test_silent_when_a_bill_is_disclosed if {
	rule.findings == set() with input as good
}

test_silent_when_any_of_them_is_declared if {
	every fact in ["sbom", "aibom", "release_signing"] {
		rule.findings == set() with input as {"supply": {fact: true}}
		rule.findings == set() with input as {"supply": {fact: false}}
	}
}
