# METADATA
# title: No accountable owner or impact assessment
# description: |
#   An agent nobody answers for drifts unchecked. A high-risk use whose impact was
#   never assessed harms people in ways nobody looked for.
# custom:
#   kind: weakness
#   severity: medium
#   possible: medium
#   message: Nobody answers for the agent, or its high-risk use has no known impact assessment.
#   references: ["AICM-1.1 GRC-06", "AICM-1.1 GRC-10", "AIUC-1 E004", "RMF GOVERN 2.1", "RMF MAP 5.1", "EU-AIA 9", "EU-AIA 26", "EU-AIA 27", "ISO42001 A.3.2", "ISO42001 A.5.2"]
#   remediation: Name the owner, keep a risk file, and assess the impact before autonomy or tools grow.
package maestro.l6_security_compliance.accountability_missing

findings contains {"facts": [["compliance", "owner"]], "severity": severity} if {
	input.compliance.owner == false
}

findings contains finding if {
	input.compliance.use_class == "high_risk"
	not input.compliance.impact_assessment
	finding := {
		"facts": [["compliance", "use_class"]],
		"severity": severity,
		"controls": [["compliance", "impact_assessment"]],
	}
}

default severity := "medium"

severity := "high" if input.compliance.use_class == "high_risk"
