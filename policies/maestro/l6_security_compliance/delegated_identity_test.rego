package maestro.l6_security_compliance.delegated_identity_test

import data.maestro.l6_security_compliance.delegated_identity as rule

# The rule is a strength: it fires on bad, to the agent's credit.
bad := {"identity": {
	"acts_as": "user_delegated",
	"token_lifetime": "short",
	"per_agent": true,
	"per_action_authz": true,
}}

good := {"identity": {
	"acts_as": "user_delegated",
	"token_lifetime": "long",
	"per_agent": true,
	"per_action_authz": true,
}}

finding := {"facts": [
	["identity", "acts_as"],
	["identity", "token_lifetime"],
	["identity", "per_agent"],
	["identity", "per_action_authz"],
]}

test_fires_when_all_hold if {
	rule.findings == {finding} with input as bad
}

test_silent_with_long_lived_tokens if {
	rule.findings == set() with input as good
}

test_silent_when_one_part_fails if {
	every part in [{"acts_as": "agent_principal"}, {"per_agent": false}, {"per_action_authz": false}] {
		rule.findings == set() with input as {"identity": object.union(bad.identity, part)}
	}
}

test_silent_when_one_part_is_undisclosed if {
	every fact, _ in bad.identity {
		rule.findings == set() with input as {"identity": object.remove(bad.identity, {fact})}
	}
}
