package maestro.l2_data_operations.data_terms_disclosed_test

import data.maestro.l2_data_operations.data_terms_disclosed as rule

# a strength: bad is where it fires, good where it stays silent
bad := {"data": {
	"handling": true,
	"retention": true,
	"deletion": true,
	"locations": true,
	"subprocessors": true,
	"tenant_isolation": true,
	"encryption": true,
}}

good := {"data": {
	"handling": true,
	"retention": true,
	"deletion": true,
	"locations": true,
	"subprocessors": true,
	"tenant_isolation": true,
}}

finding := {"facts": [
	["data", "handling"],
	["data", "retention"],
	["data", "deletion"],
	["data", "locations"],
	["data", "subprocessors"],
	["data", "tenant_isolation"],
	["data", "encryption"],
]}

test_fires_when_all_stated if {
	rule.findings == {finding} with input as bad
}

test_silent_without_encryption if {
	rule.findings == set() with input as good
}

test_silent_when_any_term_undisclosed if {
	every name, _ in bad.data {
		rule.findings == set() with input as {"data": object.remove(bad.data, {name})}
	}
}

test_silent_when_any_term_declared_absent if {
	every name, _ in bad.data {
		rule.findings == set() with input as {"data": object.union(bad.data, {name: false})}
	}
}
