package maestro.cross_layer.public_control_interface_test

import data.maestro.cross_layer.public_control_interface as rule

bad := {
	"derived": {"has_tools": true},
	"tools": [{"id": "shell", "kind": "shell"}],
	"network": {"ingress_public": true},
	"identity": {"caller_auth": false},
}

good := {
	"derived": {"has_tools": true},
	"tools": [{"id": "shell", "kind": "shell"}],
	"network": {"ingress_public": true},
	"identity": {"caller_auth": true},
}

finding := {"facts": [["network", "ingress_public"], ["identity", "caller_auth"], ["derived", "has_tools"]]}

test_fires_without_authentication if {
	rule.findings == {finding} with input as bad
}

test_silent_with_authentication if {
	rule.findings == set() with input as good
}

# Possible: caller_auth is a control of the rule.
test_fires_when_authentication_is_undisclosed if {
	rule.findings == {finding} with input as json.remove(bad, ["identity"])
}

untold := object.union(finding, {"controls": [["identity", "caller_auth"], ["tools"], ["tools_complete"]]})

test_fires_when_tools_are_undisclosed if {
	rule.findings == {untold} with input as json.remove(bad, ["derived/has_tools", "tools"])
	rule.findings == {untold} with input as json.remove(bad, ["derived/has_tools", "tools", "identity"])
}

test_silent_with_authentication_when_tools_are_undisclosed if {
	rule.findings == set() with input as json.remove(good, ["derived/has_tools", "tools"])
}

test_silent_when_not_public if {
	rule.findings == set() with input as object.union(bad, {"network": {"ingress_public": false}})
	rule.findings == set() with input as json.remove(bad, ["network"])
	rule.findings == set() with input as json.remove(bad, ["network", "derived/has_tools", "tools"])
}

test_silent_without_tools if {
	rule.findings == set() with input as object.union(bad, {"derived": {"has_tools": false}})
	rule.findings == set() with input as json.remove(object.union(bad, {"derived": {"has_tools": false}}), ["identity"])
}
