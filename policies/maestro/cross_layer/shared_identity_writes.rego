# METADATA
# title: Shared or borrowed identity with write access and no attribution
# description: |
#   Changes made under a shared account or a person's password cannot be told apart
#   from those of others. Nobody can prove who did what, nor cut off the agent
#   alone.
# custom:
#   kind: combination
#   layers: [L3, L5, L6]
#   severity: critical
#   possible: high
#   message: The agent changes things under an identity it shares, and its actions are not known to be attributed.
#   controls: [/monitoring/attribution]
#   threats: ["Agent Impersonation (L7)", "Repudiation (L7)", "Privilege Escalation (Cross-Layer)"]
#   references: [ASI03, OWASP-T9, OWASP-T8, MCP07:2025, NHI9:2025, AML.T0073, "AICM-1.1 IAM-12", "AICM-1.1 LOG-12", CWE-287, CWE-223]
#   remediation: Give each agent an identity of its own with delegated grants and per-call attribution; keep it read-only until then.
package maestro.cross_layer.shared_identity_writes

findings contains {"facts": [["identity", "acts_as"], ["derived", "state_change"]]} if {
	input.identity.acts_as in {"shared_service_account", "user_password"}
	input.derived.state_change
	not input.monitoring.attribution
}
