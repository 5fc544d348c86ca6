# METADATA
# title: Monitoring not disclosed
# description: |
#   Nothing says whether anybody records or watches what the agent does. An agent
#   that goes wrong unobserved goes wrong for longer.
# custom:
#   kind: gap
#   severity: medium
#   message: It is open whether the agent's actions are logged, watched or compared with a baseline.
#   threats: ["Evasion of Detection (L5)"]
#   references: [MCP08:2025, OWASP-T8, ASI10, MAS-T44, AML.M0024, "AICM-1.1 LOG-03", "AICM-1.1 LOG-15", "AICM-1.1 LOG-16", "AICM-1.1 MDS-10", "AICM-1.1 TVM-13", "AIUC-1 C008", "AIUC-1 E015", "RMF MEASURE 2.4", "RMF MANAGE 4.1", "EU-AIA 12", "EU-AIA 72", "ISO42001 A.6.2.6", CWE-778]
#   remediation: Publish what is logged, what is watched, who is alerted, and how customers get the log.
package maestro.l5_evaluation_observability.monitoring_undisclosed

findings contains {"facts": facts, "severity": severity} if {
	not input.monitoring.action_log
	not input.monitoring.drift
	not input.monitoring.alerting
	count(facts) > 0
	not harmless
}

# It changes nothing and sees nothing of others.
harmless if {
	input.derived.state_change == false
	input.derived.customer_data == false
}

facts := [fact | some fact in undisclosed]

# What the body above leaves is declared missing or undisclosed.
undisclosed contains ["monitoring", "action_log"] if not input.monitoring.action_log == false

undisclosed contains ["monitoring", "drift"] if not input.monitoring.drift == false

undisclosed contains ["monitoring", "alerting"] if not input.monitoring.alerting == false

default severity := "medium"

severity := "high" if input.derived.state_change
