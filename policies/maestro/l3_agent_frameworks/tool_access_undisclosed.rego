# METADATA
# title: Permissions of tools not disclosed
# description: |
#   Nothing says what the agent may do through these tools. Until it does, it must be
#   taken to write, send and delete wherever they can.
# custom:
#   kind: gap
#   severity: medium
#   message: It is not disclosed what the agent may do through {term}.
#   threats: ["Agent Tool Misuse (L7)", "Privilege Escalation (Cross-Layer)"]
#   references: [ASI02, ASI03, MCP02:2025, AML.M0026, "AICM-1.1 IAM-18", "AICM-1.1 IAM-05", "AIUC-1 A003", AST03]
#   remediation: Publish the access and scopes of each tool, why each is needed, and how to withhold it.
package maestro.l3_agent_frameworks.tool_access_undisclosed

findings contains {"term": names, "facts": [["tools", i, "access"] | some i in silent]} if {
	count(silent) > 0
}

silent contains i if {
	some i, tool in input.tools
	not tool.access
}

# One finding for all of them; a list that nobody reads to its end is cut.
names := substring(concat(", ", {input.tools[i].id | some i in silent}), 0, 400)
