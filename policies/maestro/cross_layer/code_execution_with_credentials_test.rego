package maestro.cross_layer.code_execution_with_credentials_test

import data.maestro.cross_layer.code_execution_with_credentials as rule

bad := {
	"derived": {"code_execution": true},
	"execution": {"runs_code": true},
	"secrets": {"reach_model": true},
	"network": {"egress": "open"},
}

good := {
	"derived": {"code_execution": true},
	"execution": {"runs_code": true},
	"secrets": {"reach_model": true},
	"network": {"egress": "allowlist"},
}

finding(fact) := {"facts": [["derived", "code_execution"], ["secrets", fact]]}

stored(secrets) := object.union(json.remove(bad, ["secrets"]), {"secrets": secrets})

test_fires_when_credentials_reach_the_model if {
	rule.findings == {finding("reach_model")} with input as bad
}

test_fires_when_credentials_lie_beside_the_code if {
	every storage in ["env", "config", "prompt", "repo"] {
		rule.findings == {finding("storage")} with input as stored({"storage": storage})
	}
}

test_fires_on_both if {
	secrets := {"storage": "env", "reach_model": true}
	rule.findings == {finding("reach_model"), finding("storage")} with input as stored(secrets)
}

test_fires_when_egress_is_undisclosed if {
	rule.findings == {finding("reach_model")} with input as json.remove(bad, ["network"])
}

test_silent_with_restricted_egress if {
	rule.findings == set() with input as good
	rule.findings == set() with input as object.union(bad, {"network": {"egress": "none"}})
}

test_silent_with_stored_credentials_and_restricted_egress if {
	restricted := object.union(stored({"storage": "env"}), {"network": {"egress": "allowlist"}})
	rule.findings == set() with input as restricted
}

test_silent_with_a_vault if {
	rule.findings == set() with input as stored({"storage": "vault"})
}

test_silent_when_stored_credentials_are_declared_out_of_reach if {
	rule.findings == set() with input as stored({"storage": "env", "reach_model": false})
}

test_silent_when_nothing_is_said_of_credentials if {
	rule.findings == set() with input as stored({})
}

test_silent_without_code_execution if {
	rule.findings == set() with input as json.remove(bad, ["derived/code_execution"])
	rule.findings == set() with input as object.union(bad, {"derived": {"code_execution": false}})
}
