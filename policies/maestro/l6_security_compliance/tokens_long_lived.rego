# METADATA
# title: Long-lived tokens or no immediate revocation
# description: |
#   A token that leaks is good for as long as it lives. Long lifetimes, and access
#   that outlasts the person or the contract, keep that door open.
# custom:
#   kind: weakness
#   severity: medium
#   message: The agent's access is long-lived or cannot be revoked at once.
#   threats: ["Agent Identity Attack (L7)"]
#   references: [MCP01:2025, NHI1:2025, NHI7:2025, BV-11, AML.T0091.000, "AICM-1.1 IAM-07", CWE-613]
#   remediation: Use short-lived tokens bound to one service, never pass a user's token on, and make revocation one step.
package maestro.l6_security_compliance.tokens_long_lived

findings contains {"facts": [["identity", "token_lifetime"]]} if {
	input.identity.token_lifetime == "long"
}

findings contains {"facts": [["identity", "revocation"]]} if input.identity.revocation == false
