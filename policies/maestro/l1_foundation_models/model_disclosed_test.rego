package maestro.l1_foundation_models.model_disclosed_test

import data.maestro.l1_foundation_models.model_disclosed as rule

# a strength: bad is where it fires, good where it stays silent
bad := {"model": {
	"name": "example-large-2026-05-01",
	"provider": "Example AI",
	"version_pinned": true,
	"card": true,
	"customer_data_training": false,
}}

good := {"model": {
	"name": "example-large-2026-05-01",
	"provider": "Example AI",
	"version_pinned": true,
	"customer_data_training": false,
}}

finding := {"facts": [
	["model", "name"],
	["model", "provider"],
	["model", "version_pinned"],
	["model", "card"],
	["model", "customer_data_training"],
]}

test_fires_when_all_disclosed if {
	rule.findings == {finding} with input as bad
}

test_fires_when_business_data_does_not_train if {
	rule.findings == {finding} with input as object.union(bad, {"data": {"training_use": false}})
}

test_silent_without_card if {
	rule.findings == set() with input as good
}

test_silent_when_any_leg_undisclosed if {
	every name, _ in bad.model {
		rule.findings == set() with input as {"model": object.remove(bad.model, {name})}
	}
}

test_silent_when_any_leg_is_declared_otherwise if {
	every leg in [{"version_pinned": false}, {"card": false}, {"customer_data_training": true}] {
		rule.findings == set() with input as object.union(bad, {"model": leg})
	}
}

test_silent_when_business_data_trains if {
	rule.findings == set() with input as object.union(bad, {"data": {"training_use": true}})
}

test_silent_when_training_is_not_a_boolean if {
	rule.findings == set() with input as object.union(bad, {"model": {"customer_data_training": "no"}})
}
