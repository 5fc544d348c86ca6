# METADATA
# title: Complete data terms with isolation and encryption
# description: |
#   Whoever connects data can see where it goes, how long it stays and how it is kept
#   apart, and can hold the vendor to it.
# custom:
#   kind: strength
#   severity: credit
#   message: Handling, retention, deletion, locations and sub-processors are stated, and data is isolated and encrypted.
#   references: ["AICM-1.1 DSP-16", "AICM-1.1 DSP-17", "AICM-1.1 CEK-03", AML.M0012, "AIUC-1 A001", "AIUC-1 A005"]
#   remediation: Keep it so. Date the pages and verify them once a year.
package maestro.l2_data_operations.data_terms_disclosed

findings contains {"facts": facts} if {
	input.data.encryption
	input.data.tenant_isolation
	input.data.handling
	input.data.retention
	input.data.deletion
	input.data.locations
	input.data.subprocessors
}

facts := [
	["data", "handling"],
	["data", "retention"],
	["data", "deletion"],
	["data", "locations"],
	["data", "subprocessors"],
	["data", "tenant_isolation"],
	["data", "encryption"],
]
