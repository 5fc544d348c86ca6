package maestro.l2_data_operations.tenants_not_isolated_test

import data.maestro.l2_data_operations.tenants_not_isolated as rule

bad := {
	"data": {"tenant_isolation": false},
	"derived": {"multi_tenant": true},
	"execution": {"environment": "saas", "multi_tenant": true},
}

good := {
	"data": {"tenant_isolation": true},
	"derived": {"multi_tenant": true},
	"execution": {"environment": "saas", "multi_tenant": true},
}

finding := {"facts": [["derived", "multi_tenant"]]}

test_fires_without_isolation if {
	rule.findings == {finding} with input as bad
}

test_fires_when_isolation_undisclosed if {
	rule.findings == {finding} with input as {"derived": {"multi_tenant": true}}
}

test_silent_with_isolation if {
	rule.findings == set() with input as good
}

test_silent_with_one_tenant if {
	rule.findings == set() with input as {
		"data": {"tenant_isolation": false},
		"derived": {"multi_tenant": false},
	}
}

test_silent_when_tenancy_is_not_certain if {
	rule.findings == set() with input as {"data": {"tenant_isolation": false}}
}
