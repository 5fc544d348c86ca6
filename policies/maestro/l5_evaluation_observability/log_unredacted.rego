# METADATA
# title: Personal data or secrets are logged unredacted
# description: |
#   Prompts and tool results carry whatever the agent reads. Copied into a log as
#   they are, they reach everyone who can read the log.
# custom:
#   kind: weakness
#   severity: medium
#   message: Personal data and secrets are not redacted before they are logged.
#   threats: ["Data Leakage through Observability (L5)"]
#   references: ["LLM02:2026", MCP01:2025, "AICM-1.1 LOG-08", "AIUC-1 A006", CWE-532]
#   remediation: Redact before writing, keep traces briefly, and guard them like production data.
package maestro.l5_evaluation_observability.log_unredacted

findings contains {"facts": [["monitoring", "redaction"]], "severity": severity} if {
	input.monitoring.redaction == false
}

default severity := "medium"

severity := "high" if {
	some class in input.data.classes
	class in {"pii", "phi", "hr", "email", "crm", "credentials"}
} else := "high" if {
	input.tools[_].kind == "email"
} else := "high" if {
	input.secrets.reach_model
}
