# METADATA
# title: Agent uses a shared account or a person's password
# description: |
#   Behind a shared account nobody can tell who acted, and access cannot be taken
#   from the agent alone. A password hands over all that its owner may do.
# custom:
#   kind: weakness
#   severity: high
#   message: The agent acts under a shared account or with a person's password.
#   suppressed_by: [XL/shared-identity-writes]
#   threats: ["Agent Identity Attack (L7)", "Agent Impersonation (L7)", "Repudiation (L7)"]
#   references: [ASI03, OWASP-T9, OWASP-T3, MCP07:2025, NHI9:2025, NHI10:2025, AML.T0012, AML.M0027, "AICM-1.1 IAM-12", "AICM-1.1 IAM-13", CWE-287]
#   remediation: Give each agent its own identity with delegated, narrow, revocable grants; never hand it a password.
package maestro.l6_security_compliance.identity_shared

findings contains {"facts": [["identity", "acts_as"]]} if {
	input.identity.acts_as in {"shared_service_account", "user_password"}
}
