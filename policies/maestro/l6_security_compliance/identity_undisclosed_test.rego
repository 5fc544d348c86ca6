package maestro.l6_security_compliance.identity_undisclosed_test

import data.maestro.l6_security_compliance.identity_undisclosed as rule

bad := {
	"derived": {"has_tools": true},
	"tools": [{"id": "crm", "kind": "saas"}],
}

good := {
	"derived": {"has_tools": true},
	"tools": [{"id": "crm", "kind": "saas"}],
	"identity": {"acts_as": "user_delegated"},
}

finding := {"facts": [["identity", "acts_as"], ["derived", "has_tools"]]}

test_fires_when_identity_undisclosed if {
	rule.findings == {finding} with input as bad
}

test_silent_when_disclosed if {
	rule.findings == set() with input as good
}

test_silent_when_disclosed_as_shared if {
	rule.findings == set() with input as {
		"derived": {"has_tools": true},
		"identity": {"acts_as": "shared_service_account"},
	}
}

test_silent_without_known_tools if {
	every derived in [{}, {"has_tools": false}] {
		rule.findings == set() with input as {"derived": derived}
	}
}

test_silent_without_credentials if {
	rule.findings == set() with input as object.union(bad, {"secrets": {"storage": "none"}})
	rule.findings == {finding} with input as object.union(bad, {"secrets": {"storage": "vault"}})
}

test_silent_on_a_local_program if {
	every kind in ["shell", "code", "interpreter", "function", "filesystem", "browser", "computer_use", "http"] {
		rule.findings == set() with input as {
			"derived": {"has_tools": true},
			"execution": {"environment": "local_host"},
			"tools": [{"id": "a", "kind": kind}],
		}
	}
}

test_fires_on_a_local_program_that_logs_in if {
	local := {"execution": {"environment": "local_host"}}
	rule.findings == {finding} with input as object.union(bad, local)
	rule.findings == {finding} with input as object.union(bad, object.union(local, {"tools": [{"id": "a"}]}))
	rule.findings == {finding} with input as object.union(bad, {"execution": {"environment": "saas"}, "tools": [{"id": "a", "kind": "shell"}]})
}
