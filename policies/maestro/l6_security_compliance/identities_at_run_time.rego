# METADATA
# title: Identities come into being at run time
# description: |
#   The agent makes identities while it runs. Whoever steers it makes one too, and what
#   nobody listed nobody revokes.
# custom:
#   kind: weakness
#   severity: medium
#   possible: low
#   message: Identities are created while the agent runs, and nothing is known to revoke them at once.
#   references: [ASI03, OWASP-T9, NHI1:2025, "AICM-1.1 IAM-07"]
#   remediation: Let an issuer outside of the agent create them, short-lived and listed, and revoke all of a run with it.
package maestro.l6_security_compliance.identities_at_run_time

findings contains {"facts": [["identity", "created_at_run_time"]], "controls": [["identity", "revocation"]]} if {
	input.identity.created_at_run_time
	not input.identity.revocation
}
