# METADATA
# title: Nobody watches the agent
# description: |
#   Nobody is alerted when the agent behaves oddly, and nothing shows that it drifts. An
#   agent that goes wrong unobserved goes wrong for longer.
# custom:
#   kind: weakness
#   severity: medium
#   message: Suspicious behaviour alerts nobody, and behaviour is not compared with a baseline.
#   threats: ["Evasion of Detection (L5)"]
#   references: [MCP08:2025, OWASP-T8, ASI10, MAS-T44, AML.M0024, "AICM-1.1 LOG-03", "AICM-1.1 LOG-15", "AICM-1.1 LOG-16", "AICM-1.1 MDS-10", "AICM-1.1 TVM-13", "AIUC-1 C008", "RMF MEASURE 2.4", "RMF MANAGE 4.1", "EU-AIA 72", "ISO42001 A.6.2.6", CWE-778]
#   remediation: Compare tool calls with a baseline, alert a named person on what deviates, and rehearse the alarm.
package maestro.l5_evaluation_observability.monitoring_missing

findings contains finding if {
	input.monitoring.alerting == false
	input.monitoring.drift == false
	finding := {
		"facts": [["monitoring", "alerting"], ["monitoring", "drift"]],
		"severity": severity,
	}
}

default severity := "medium"

# A log can at least be read afterwards.
severity := "high" if {
	input.derived.state_change
	not input.monitoring.action_log
}
