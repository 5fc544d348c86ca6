# METADATA
# title: Autonomous writer with neither log nor stop
# description: |
#   The agent changes things with nobody present. Without a log nobody learns what
#   it did, and without a stop nobody can end it.
# custom:
#   kind: combination
#   layers: [L3, L5, L6]
#   severity: critical
#   possible: high
#   message: The agent changes things on its own, and neither a log of its actions nor a stop control is known.
#   controls: [/monitoring/action_log, /oversight/stop]
#   threats: ["Evasion of Detection (L5)", "Goal Misalignment Cascades (Cross-Layer)"]
#   references: [ASI10, OWASP-T8, OWASP-T7, MCP08:2025, "AICM-1.1 LOG-12", "AICM-1.1 GRC-15", "RMF MANAGE 2.4", "EU-AIA 12", "EU-AIA 14"]
#   remediation: Do not run it unattended until both exist; add a watchdog that cuts its tokens.
package maestro.cross_layer.unwatched_autonomy

findings contains {"facts": [["derived", "autonomous"], ["derived", "state_change"]]} if {
	input.derived.autonomous
	input.derived.state_change
	not input.monitoring.action_log
	not input.oversight.stop
}
