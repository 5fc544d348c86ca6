# METADATA
# title: Data is not encrypted
# description: |
#   Whoever can listen on the wire or copy a disk reads what the agent handles. No other
#   control notices.
# custom:
#   kind: weakness
#   severity: medium
#   message: Data is not encrypted both in transit and at rest.
#   threats: ["Data Exfiltration (L2)", "Data Leakage (Cross-Layer)"]
#   references: ["LLM02:2026", "AICM-1.1 CEK-03", "AICM-1.1 DSP-17", "AIUC-1 B008", CWE-319]
#   remediation: Encrypt every connection and every store, backups, indexes and caches too, and keep the keys apart from the data.
package maestro.l2_data_operations.encryption_missing

findings contains {"facts": [["data", "encryption"]], "severity": severity} if {
	input.data.encryption == false
}

default severity := "medium"

severity := "high" if input.derived.private_data
