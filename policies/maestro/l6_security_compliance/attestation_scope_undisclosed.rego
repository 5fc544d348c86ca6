# METADATA
# title: Attestation without scope, period or report access
# description: |
#   A badge says little until it is known which services it covers, for how long,
#   and who may read the report. It may not cover the agent at all.
# custom:
#   kind: gap
#   severity: low
#   message: "Not disclosed for the attestation {term}: {args}."
#   references: ["AICM-1.1 A&A-02", "AICM-1.1 A&A-04", "AICM-1.1 STA-06", "AIUC-1 E012"]
#   remediation: State the services in scope, the agent's runtime among them, the audited period, and how to request the report.
package maestro.l6_security_compliance.attestation_scope_undisclosed

names := {"scope": "scope", "valid_until": "end of the period", "report_access": "report access"}

findings contains finding if {
	some i, cert in input.compliance.certifications
	fields := [field |
		some field in ["scope", "valid_until", "report_access"]
		not cert[field]
		not cert[field] == false
	]
	count(fields) > 0
	finding := {
		"term": cert.id,
		"facts": [["compliance", "certifications", i, field] | some field in fields],
		"args": [names[field] | some field in fields],
	}
}
