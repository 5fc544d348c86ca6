# METADATA
# title: Complete audit log with alerting
# description: |
#   What the agent does can be traced to a person, cannot be rewritten, can be
#   taken out for review, and raises an alarm when it looks wrong.
# custom:
#   kind: strength
#   severity: credit
#   message: Actions are logged with attribution, out of the agent's reach, exportable and with alerting.
#   references: ["AICM-1.1 LOG-02", "AICM-1.1 LOG-03", "AICM-1.1 LOG-12", "AIUC-1 E015", "EU-AIA 12"]
#   remediation: Keep it up; audit a sample every quarter.
package maestro.l5_evaluation_observability.audit_log

findings contains finding if {
	input.monitoring.action_log
	input.monitoring.attribution
	input.monitoring.integrity
	input.monitoring.export
	input.monitoring.alerting
	finding := {"facts": [
		["monitoring", "action_log"],
		["monitoring", "attribution"],
		["monitoring", "integrity"],
		["monitoring", "export"],
		["monitoring", "alerting"],
	]}
}
