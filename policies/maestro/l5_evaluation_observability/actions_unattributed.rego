# METADATA
# title: Actions cannot be traced to a person and an agent
# description: |
#   A log that does not say who asked and which agent acted shows that something
#   happened, not who answers for it.
# custom:
#   kind: weakness
#   severity: medium
#   possible: low
#   message: The action log is not known to name the person and the agent behind each action.
#   controls: [/monitoring/attribution]
#   suppressed_by: [XL/shared-identity-writes]
#   threats: ["Repudiation (L7)"]
#   references: [OWASP-T8, ASI03, MAS-T44, "AICM-1.1 LOG-12", "AICM-1.1 IAM-12", "AICM-1.1 LOG-04", CWE-223]
#   remediation: Record on every event who initiated it, which agent identity acted, on whose delegation, and what the policy decided.
package maestro.l5_evaluation_observability.actions_unattributed

findings contains {"facts": [["monitoring", "action_log"]]} if {
	input.monitoring.action_log
	not input.monitoring.attribution
}
