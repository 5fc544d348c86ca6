# METADATA
# title: Independent attestation held
# description: |
#   An outside auditor looked at how the vendor works. Self-assessments and
#   attestations whose scope is known not to cover the agent earn nothing here.
# custom:
#   kind: strength
#   severity: credit
#   message: The attestation {term} is held.
#   references: ["AICM-1.1 A&A-02", "AICM-1.1 STA-13", "AIUC-1 E012", "ISO42001 A.8.2"]
#   remediation: Keep it up; publish the scope, the period and how to obtain the report.
package maestro.l6_security_compliance.attestation_held

# Neither star_l1, a self-assessment, nor pci_dss, which can be one.
independent := {"soc2", "iso27001", "iso27701", "iso42001", "aiuc1", "star_l2", "fedramp", "hitrust"}

findings contains {"term": cert.id, "facts": [["compliance", "certifications", i, "id"]]} if {
	some i, cert in input.compliance.certifications
	cert.id in independent
	not cert.scope == false
}
