package org.acme.resilience.exit_missing_test

import data.org.acme.resilience.exit_missing as rule

bad := {"execution": {"environment": "saas"}, "data": {"deletion": true}, "monitoring": {"export": false}}

good := {"execution": {"environment": "saas"}, "data": {"deletion": true}, "monitoring": {"export": true}}

finding := {{"facts": [["execution", "environment"]]}}

test_fires if {
	rule.findings == finding with input as bad
}

test_fires_when_undisclosed if {
	rule.findings == finding with input as {"execution": {"environment": "saas"}, "monitoring": {"export": true}}
}

test_silent_with_a_way_out if {
	rule.findings == set() with input as good
}

test_silent_on_our_hosts if {
	rule.findings == set() with input as {"execution": {"environment": "customer_host"}}
}
