# METADATA
# title: Health data without an impact assessment
# description: |
#   The agent reaches data on the health of people, and nobody is known to have weighed what
#   that means for them before it does.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: The agent reaches health data, and no impact assessment is known.
#   references: ["EU-AIA 27", "RMF MAP 5.1", "ISO42001 A.5.2", "AICM-1.1 GRC-10"]
#   remediation: Make an impact assessment with the people who answer for the data, before the first patient is in it.
package maestro.l6_security_compliance.health_data_unassessed

findings contains {"facts": [["data", "classes"]], "controls": [["compliance", "impact_assessment"]]} if {
	"phi" in input.data.classes
	not input.compliance.impact_assessment
}
