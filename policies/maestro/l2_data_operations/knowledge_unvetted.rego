# METADATA
# title: Knowledge base ingests unvetted sources
# description: |
#   The agent trusts what it retrieves. Whoever can place a document in the index can
#   plant falsehoods or instructions in later answers.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: The agent retrieves from a knowledge base whose sources are not known to be vetted.
#   controls: [/rag/source_vetting]
#   threats: ["Data Poisoning (L2)", "Compromised RAG Pipelines (L2)", "Data Tampering (L2)"]
#   references: ["LLM05:2026", "LLM09:2026", ASI06, OWASP-T1, MAS-T18, AML.T0070, AML.T0066, AML.M0025, "AICM-1.1 DSP-20", "AICM-1.1 DSP-21", "AICM-1.1 DSP-23", "ISO42001 A.7.5", CWE-349]
#   remediation: Admit listed sources only, record where each chunk came from, part indexes by trust, and keep snapshots to roll back to.
package maestro.l2_data_operations.knowledge_unvetted

findings contains {"facts": [["rag", "used"]]} if {
	input.rag.used
	not input.rag.source_vetting
	not own
}

# What the agent's makers wrote themselves needs no vetting.
own if {
	input.data.belongs_to_complete
	count(input.data.belongs_to) > 0
	every owner in input.data.belongs_to {
		owner == "subject"
	}
}
