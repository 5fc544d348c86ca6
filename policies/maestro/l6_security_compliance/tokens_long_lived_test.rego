package maestro.l6_security_compliance.tokens_long_lived_test

import data.maestro.l6_security_compliance.tokens_long_lived as rule

bad := {"identity": {"token_lifetime": "long", "revocation": false}}

good := {"identity": {"token_lifetime": "short", "revocation": true}}

lifetime := {"facts": [["identity", "token_lifetime"]]}

revocation := {"facts": [["identity", "revocation"]]}

test_fires_on_both if {
	rule.findings == {lifetime, revocation} with input as bad
}

test_fires_on_long_lived_tokens if {
	rule.findings == {lifetime} with input as {"identity": {"token_lifetime": "long", "revocation": true}}
}

test_fires_without_revocation if {
	rule.findings == {revocation} with input as {"identity": {"token_lifetime": "short", "revocation": false}}
}

test_silent_when_short_and_revocable if {
	rule.findings == set() with input as good
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"identity": {"acts_as": "agent_principal"}}
}
