package org.acme.models.provider_unapproved_test

import data.org.acme.models.provider_unapproved as rule

bad := {"model": {"provider": "Garage Models"}}

good := {"model": {"provider": "Mistral AI"}}

test_fires if {
	rule.findings == {{"term": "Garage Models", "facts": [["model", "provider"]]}} with input as bad
}

test_silent_with_a_contract if {
	rule.findings == set() with input as good
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"model": {"name": "m"}}
}
