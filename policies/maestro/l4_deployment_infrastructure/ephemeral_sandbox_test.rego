package maestro.l4_deployment_infrastructure.ephemeral_sandbox_test

import data.maestro.l4_deployment_infrastructure.ephemeral_sandbox as rule

# The rule is a strength: it fires on bad, to the agent's credit.
bad := {
	"execution": {"ephemeral": true, "sandbox": {"present": true, "default_on": true}},
	"network": {"egress": "allowlist"},
	"secrets": {"reach_model": false},
}

good := {
	"execution": {"ephemeral": false, "sandbox": {"present": true, "default_on": true}},
	"network": {"egress": "allowlist"},
	"secrets": {"reach_model": false},
}

finding := {"facts": [
	["execution", "sandbox", "present"],
	["execution", "sandbox", "default_on"],
	["execution", "ephemeral"],
	["network", "egress"],
	["secrets", "reach_model"],
]}

execution := {"ephemeral": true, "sandbox": {"present": true, "default_on": true}}

test_fires_with_every_leg if {
	rule.findings == {finding} with input as bad
}

test_fires_without_a_network if {
	rule.findings == {finding} with input as {
		"execution": execution,
		"network": {"egress": "none"},
		"secrets": {"reach_model": false},
	}
}

test_silent_when_kept_after_use if {
	rule.findings == set() with input as good
}

test_silent_when_the_sandbox_or_its_default_is_undisclosed if {
	every sandbox in [{"default_on": true}, {"present": true}] {
		rule.findings == set() with input as {
			"execution": {"ephemeral": true, "sandbox": sandbox},
			"network": {"egress": "none"},
			"secrets": {"reach_model": false},
		}
	}
}

test_silent_with_an_open_network if {
	rule.findings == set() with input as {
		"execution": execution,
		"network": {"egress": "open"},
		"secrets": {"reach_model": false},
	}
}

test_silent_when_the_network_is_undisclosed if {
	rule.findings == set() with input as {
		"execution": execution,
		"secrets": {"reach_model": false},
	}
}

test_silent_when_credentials_reach_the_sandbox if {
	rule.findings == set() with input as {
		"execution": execution,
		"network": {"egress": "none"},
		"secrets": {"reach_model": true},
	}
}

test_silent_when_the_reach_of_credentials_is_undisclosed if {
	rule.findings == set() with input as {
		"execution": execution,
		"network": {"egress": "none"},
	}
}
