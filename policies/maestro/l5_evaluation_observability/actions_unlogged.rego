# METADATA
# title: Agent actions are not logged
# description: |
#   The agent changes things and leaves no record of it. Neither a mistake nor an
#   attack can be reconstructed afterwards.
# custom:
#   kind: weakness
#   severity: high
#   message: The agent changes things outside itself and its calls are not logged.
#   suppressed_by: [XL/unwatched-autonomy]
#   threats: ["Evasion of Detection (L5)", "Repudiation (L7)"]
#   references: [OWASP-T8, MCP08:2025, AML.M0024, "AICM-1.1 LOG-07", "AICM-1.1 LOG-12", "AIUC-1 E015", "EU-AIA 12", "EU-AIA 19", "ISO42001 A.6.2.8", CWE-778, "AISVS C12"]
#   remediation: Log each tool call with its arguments, result, cause and principal, in a place the agent cannot reach.
package maestro.l5_evaluation_observability.actions_unlogged

findings contains {"facts": [["monitoring", "action_log"], ["derived", "state_change"]]} if {
	input.monitoring.action_log == false
	input.derived.state_change
}
