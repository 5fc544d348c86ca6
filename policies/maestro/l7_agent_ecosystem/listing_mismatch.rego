# METADATA
# title: Listing or agent card not to be relied on
# description: |
#   People and other agents choose this agent by what its listing says. An unsigned
#   card can be altered or copied, and an unchecked claim can be wrong.
# custom:
#   kind: weakness
#   severity: medium
#   message: The agent card is unsigned, or the claims of the listing were not checked against the product.
#   threats: ["Inaccurate Agent Capability Description (L7)", "Compromised Agent Registry (L7)", "Malicious Agent Discovery (L7)"]
#   references: [ASI04, ASI09, AST04, MAS-T37, AML.T0074, CWE-345]
#   remediation: Sign the agent card, bind it to a domain, date every claim, and correct overstated capabilities.
package maestro.l7_agent_ecosystem.listing_mismatch

findings contains {"facts": [["listing", "card_signed"]]} if {
	input.listing.card_signed == false
}

findings contains {"facts": [["listing", "claims_verified"]]} if {
	input.listing.claims_verified == false
}
