package maestro.l7_agent_ecosystem.bill_of_materials_missing_test

import data.maestro.l7_agent_ecosystem.bill_of_materials_missing as rule

bad := {"supply": {"sbom": false, "aibom": false}}

good := {"supply": {"sbom": true, "aibom": false}}

finding(severity) := {"facts": [["supply", "sbom"], ["supply", "aibom"]], "severity": severity}

runs(environment) := object.union(bad, {"execution": {"environment": environment}})

test_low_when_declared_absent if {
	rule.findings == {finding("low")} with input as bad
	rule.findings == {finding("low")} with input as runs("saas")
}

test_medium_on_the_users_or_customers_host if {
	rule.findings == {finding("medium")} with input as runs("local_host")
	rule.findings == {finding("medium")} with input as runs("customer_host")
}

test_silent_with_a_bill if {
	rule.findings == set() with input as good
}

test_silent_when_either_is_there_or_undisclosed if {
	every bill in ["sbom", "aibom"] {
		rule.findings == set() with input as object.union(bad, {"supply": {bill: true}})
		rule.findings == set() with input as json.remove(bad, [["supply", bill]])
	}
}
