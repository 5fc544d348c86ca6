# METADATA
# title: Non-public data without an impact assessment
# description: |
#   Whoever lets an agent at data of people or customers has to know beforehand
#   what it may do to them.
# schemas:
#   - input: schema.profile
#   - input.derived: schema.facts
# custom:
#   kind: weakness
#   layers: [L6]
#   severity: critical
#   possible: high
#   message: The agent reaches non-public data, and no impact assessment is known.
#   controls: [/compliance/impact_assessment]
#   threats: ["Regulatory Non-Compliance by AI Security Agents (L6)"]
#   references: ["EU-AIA 27", "ISO42001 A.5.2"]
#   remediation: Assess the impact and declare it at compliance.impact_assessment.
package org.acme.personal_data_unassessed

findings contains {"facts": [["derived", "private_data"]]} if {
	input.derived.private_data
	not input.compliance.impact_assessment
}
