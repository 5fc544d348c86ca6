package maestro.l7_agent_ecosystem.listing_mismatch_test

import data.maestro.l7_agent_ecosystem.listing_mismatch as rule

bad := {"listing": {"card_signed": false, "claims_verified": false}}

good := {"listing": {"card_signed": true, "claims_verified": true}}

finding(fact) := {"facts": [["listing", fact]]}

test_fires_on_both if {
	rule.findings == {finding("card_signed"), finding("claims_verified")} with input as bad
}

test_fires_on_an_unsigned_card if {
	rule.findings == {finding("card_signed")} with input as {"listing": {"card_signed": false}}
}

test_fires_on_unverified_claims if {
	rule.findings == {finding("claims_verified")} with input as {"listing": {"claims_verified": false}}
}

test_silent_when_signed_and_verified if {
	rule.findings == set() with input as good
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"listing": {}}
}
