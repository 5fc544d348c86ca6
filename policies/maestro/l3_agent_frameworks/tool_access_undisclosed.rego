# METADATA
# title: Permissions of a tool not disclosed
# description: |
#   Nothing says what the agent may do through this tool. Until it does, it must be
#   taken to write, send and delete wherever the tool can.
# custom:
#   kind: gap
#   severity: medium
#   message: It is not fully disclosed what the agent may do through {term}.
#   threats: ["Agent Tool Misuse (L7)", "Privilege Escalation (Cross-Layer)"]
#   references: [ASI02, ASI03, MCP02:2025, AML.M0026, "AICM-1.1 IAM-18", "AICM-1.1 IAM-05", "AIUC-1 A003", AST03]
#   remediation: Publish the access and scopes of each tool, why each is needed, and how to withhold it.
package maestro.l3_agent_frameworks.tool_access_undisclosed

findings contains {"term": tool.id, "facts": facts, "severity": "medium"} if {
	some i, tool in input.tools
	not tool.access
	facts := [["tools", i, field] | some field in ["access", "scopes"]; not tool[field]]
}

# An open list of access rights may leave out what the scopes would show.
findings contains {"term": tool.id, "facts": [["tools", i, "scopes"]], "severity": "low"} if {
	some i, tool in input.tools
	not tool.scopes
	tool.access
	not tool.access_complete
}
