# METADATA
# title: Retention or deletion terms not disclosed
# description: |
#   Data that is kept without end can leak without end. Without a stated period and a way
#   to delete, nobody can tell when an exposure is over.
# custom:
#   kind: gap
#   severity: medium
#   message: "Not disclosed of the end of data: {args}."
#   threats: ["Data Exfiltration (L2)"]
#   references: ["LLM02:2026", "LLM09:2026", "AICM-1.1 DSP-16", "AICM-1.1 DSP-02", "AIUC-1 A001", "RMF MEASURE 2.10"]
#   remediation: Publish a period for prompts, outputs, logs, embeddings and memory, and a deletion path that reaches derived data.
package maestro.l2_data_operations.retention_undisclosed

findings contains finding if {
	count(missing) > 0

	# neither a customer's nor anybody's private data is kept
	not input.derived.customer_data == false
	finding := {
		"facts": [["data", term] | some term in missing],
		"args": [names[term] | some term in missing],
	}
}

missing contains term if {
	some term in ["retention", "deletion"]
	not input.data[term]
	not input.data[term] == false
}

names := {
	"retention": "how long it is kept",
	"deletion": "how it and what is derived from it are deleted",
}
