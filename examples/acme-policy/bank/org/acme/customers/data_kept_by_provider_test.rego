package org.acme.customers.data_kept_by_provider_test

import data.org.acme.customers.data_kept_by_provider as rule

bad := {"data": {"classes": ["public", "pii"]}, "model": {"provider_retention": 90}}

good := {"data": {"classes": ["public", "pii"]}, "model": {"provider_retention": 30}}

pii := {{"facts": [["data", "classes", 1]], "args": ["pii"]}}

test_fires if {
	rule.findings == pii with input as bad
}

test_fires_when_undisclosed if {
	rule.findings == pii with input as {"data": {"classes": ["public", "pii"]}}
}

test_silent_in_time if {
	rule.findings == set() with input as good
}

test_silent_without_customer_data if {
	rule.findings == set() with input as {"data": {"classes": ["public"]}}
}
