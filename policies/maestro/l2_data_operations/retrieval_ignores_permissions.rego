# METADATA
# title: Retrieval ignores the caller's permissions
# description: |
#   An index that answers everybody alike hands each caller what only some may read. A
#   clever question is then enough to read another's documents.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: The agent retrieves from a knowledge base and is not known to apply the caller's permissions.
#   controls: [/rag/permission_aware]
#   threats: ["Compromised RAG Pipelines (L2)", "Data Exfiltration (L2)"]
#   references: ["LLM09:2026", "LLM02:2026", MAS-T28, AML.T0085.000, "AICM-1.1 IAM-16", "AIUC-1 A005", CWE-863]
#   remediation: Filter by tenant and user inside the index query, per chunk and on the server side.
package maestro.l2_data_operations.retrieval_ignores_permissions

findings contains {"facts": [["rag", "used"]]} if {
	input.rag.used
	not input.rag.permission_aware

	# what is public, or the agent's own, needs no permission
	not input.derived.customer_data == false
	not delegated
}

# It retrieves with the caller's own rights, unless it is said not to help.
delegated if {
	input.identity.acts_as == "user_delegated"
	not input.rag.permission_aware == false
}
