package maestro.cross_layer.shared_identity_writes_test

import data.maestro.cross_layer.shared_identity_writes as rule

bad := {
	"derived": {"state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
	"identity": {"acts_as": "shared_service_account"},
	"monitoring": {"attribution": false},
}

good := {
	"derived": {"state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
	"identity": {"acts_as": "shared_service_account"},
	"monitoring": {"attribution": true},
}

finding := {"facts": [["identity", "acts_as"], ["derived", "state_change"]]}

test_fires_on_a_shared_account if {
	rule.findings == {finding} with input as bad
}

test_fires_on_a_persons_password if {
	rule.findings == {finding} with input as object.union(bad, {"identity": {"acts_as": "user_password"}})
}

test_fires_when_attribution_is_undisclosed if {
	rule.findings == {finding} with input as json.remove(bad, ["monitoring"])
}

test_silent_with_attribution if {
	rule.findings == set() with input as good
}

test_silent_with_an_identity_of_its_own if {
	every identity in ["user_delegated", "agent_principal"] {
		rule.findings == set() with input as object.union(bad, {"identity": {"acts_as": identity}})
	}
	rule.findings == set() with input as json.remove(bad, ["identity"])
}

test_silent_without_state_change if {
	rule.findings == set() with input as object.union(bad, {"derived": {"state_change": false}})
	rule.findings == set() with input as json.remove(bad, ["derived/state_change"])
}
