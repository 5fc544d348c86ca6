package maestro.cross_layer.opaque_capable_agent_test

import data.maestro.cross_layer.opaque_capable_agent as rule

bad := {
	"derived": {"unpinned_layers": 6, "private_data": true, "state_change": true},
	"data": {"classes": ["crm"]},
	"tools": [{"id": "crm", "kind": "saas", "access": ["read", "write"]}],
}

good := {
	"derived": {"unpinned_layers": 2, "private_data": true, "state_change": true},
	"model": {"name": "example-1"},
	"data": {"classes": ["crm"], "handling": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["read", "write"]}],
	"execution": {"environment": "saas"},
	"monitoring": {"action_log": true},
}

finding(power) := {"facts": [["derived", "private_data"], ["derived", power]]}

test_fires_on_state_change if {
	rule.findings == {finding("state_change")} with input as bad
}

test_fires_on_code_execution if {
	expected := {finding("code_execution")}
	rule.findings == expected with input as {"derived": {
		"unpinned_layers": 7,
		"private_data": true,
		"code_execution": true,
	}}
}

test_fires_on_both if {
	both := object.union(bad, {"derived": {"code_execution": true}})
	rule.findings == {finding("state_change"), finding("code_execution")} with input as both
}

test_fires_from_four_layers_on if {
	rule.findings == {finding("state_change")} with input as object.union(bad, {"derived": {"unpinned_layers": 4}})
	rule.findings == set() with input as object.union(bad, {"derived": {"unpinned_layers": 3, "code_execution": true}})
}

test_silent_when_most_layers_are_disclosed if {
	rule.findings == set() with input as good
}

test_silent_without_private_data if {
	able := object.union(bad, {"derived": {"code_execution": true}})
	rule.findings == set() with input as object.union(able, {"derived": {"private_data": false}})
	rule.findings == set() with input as json.remove(able, ["derived/private_data"])
}

test_silent_without_capability if {
	rule.findings == set() with input as object.union(bad, {"derived": {"state_change": false}})
	rule.findings == set() with input as json.remove(bad, ["derived/state_change"])
}
