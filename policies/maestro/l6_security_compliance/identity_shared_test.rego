package maestro.l6_security_compliance.identity_shared_test

import data.maestro.l6_security_compliance.identity_shared as rule

bad := {"identity": {"acts_as": "shared_service_account"}}

good := {"identity": {"acts_as": "user_delegated"}}

finding := {"facts": [["identity", "acts_as"]]}

test_fires_on_a_shared_account if {
	rule.findings == {finding} with input as bad
}

test_fires_on_a_password if {
	rule.findings == {finding} with input as {"identity": {"acts_as": "user_password"}}
}

test_silent_with_delegation if {
	rule.findings == set() with input as good
}

test_silent_with_an_identity_of_its_own if {
	rule.findings == set() with input as {"identity": {"acts_as": "agent_principal"}}
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {}
}
