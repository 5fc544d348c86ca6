package maestro.cross_layer.unsigned_updates_test

import data.maestro.cross_layer.unsigned_updates as rule

bad := {
	"supply": {"update_channel": "auto", "update_signed": false},
	"execution": {"environment": "local_host"},
}

good := {
	"supply": {"update_channel": "auto", "update_signed": true},
	"execution": {"environment": "local_host"},
}

finding := {"facts": [["supply", "update_channel"], ["execution", "environment"]]}

test_fires_on_a_local_host if {
	rule.findings == {finding} with input as bad
}

test_fires_on_a_customer_host if {
	rule.findings == {finding} with input as object.union(bad, {"execution": {"environment": "customer_host"}})
}

test_fires_when_signing_is_undisclosed if {
	rule.findings == {finding} with input as json.remove(bad, ["supply/update_signed"])
}

test_silent_when_signed if {
	rule.findings == set() with input as good
}

test_silent_without_automatic_updates if {
	every channel in ["pinned", "manual"] {
		rule.findings == set() with input as object.union(bad, {"supply": {"update_channel": channel}})
	}
	rule.findings == set() with input as json.remove(bad, ["supply/update_channel"])
}

test_silent_elsewhere if {
	every environment in ["saas", "browser"] {
		rule.findings == set() with input as object.union(bad, {"execution": {"environment": environment}})
	}
	rule.findings == set() with input as json.remove(bad, ["execution"])
}
