# METADATA
# title: Retention or deletion terms missing
# description: |
#   Data that is kept without end can leak without end. Without a stated period and a way
#   to delete, nobody can tell when an exposure is over.
# custom:
#   kind: gap
#   severity: medium
#   message: Nothing says how long data is kept or how it and what is derived from it are deleted.
#   threats: ["Data Exfiltration (L2)"]
#   references: ["LLM02:2026", "LLM09:2026", "AICM-1.1 DSP-16", "AICM-1.1 DSP-02", "AIUC-1 A001", "RMF MEASURE 2.10"]
#   remediation: Publish a period for prompts, outputs, logs, embeddings and memory, and a deletion path that reaches derived data.
package maestro.l2_data_operations.retention_undisclosed

findings contains {"facts": [["data", "retention"]]} if {
	not input.data.retention
	not input.data.retention == false
}

findings contains {"facts": [["data", "deletion"]]} if {
	not input.data.deletion
	not input.data.deletion == false
}
