# METADATA
# title: Storage of credentials not disclosed
# description: |
#   The agent's tools act with somebody's credentials. Nothing says where those are
#   kept, so nobody can tell who else could use them.
# custom:
#   kind: gap
#   severity: medium
#   message: Nothing says where the credentials for the agent's tools are kept.
#   threats: ["Agent Identity Attack (L7)"]
#   references: [MCP01:2025, ASI03, NHI2:2025, "AICM-1.1 IAM-14", "AICM-1.1 CEK-03", "AIUC-1 B008"]
#   remediation: State where tokens are kept, who can read them, whether model or sandbox ever see them, and how to revoke them.
package maestro.l4_deployment_infrastructure.secrets_storage_undisclosed

findings contains {"facts": [["secrets", "storage"]]} if {
	not input.secrets.storage
	input.derived.has_tools
}
