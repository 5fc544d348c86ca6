# METADATA
# title: Own identity with delegated, short-lived tokens
# description: |
#   Each agent has an identity of its own, borrows a person's rights for hours at
#   most, and is authorised action by action. A stolen token is worth little.
# custom:
#   kind: strength
#   severity: credit
#   message: The agent has its own identity and acts on delegated, short-lived tokens, authorised for each action.
#   references: [ASI03, "AICM-1.1 IAM-12", "AICM-1.1 IAM-15", "AICM-1.1 IAM-18", "AIUC-1 A003", AML.M0027]
#   remediation: Keep it up; review the delegated scopes.
package maestro.l6_security_compliance.delegated_identity

findings contains finding if {
	input.identity.acts_as == "user_delegated"
	input.identity.token_lifetime == "short"
	input.identity.per_agent
	input.identity.per_action_authz
	finding := {"facts": [
		["identity", "acts_as"],
		["identity", "token_lifetime"],
		["identity", "per_agent"],
		["identity", "per_action_authz"],
	]}
}
