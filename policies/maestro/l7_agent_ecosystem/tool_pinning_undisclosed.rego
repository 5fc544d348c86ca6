# METADATA
# title: Pinning and signing of third-party tools not disclosed
# description: |
#   A server, skill or plugin that is neither pinned nor signed can change after it
#   was reviewed. Nothing says whether these can.
# custom:
#   kind: gap
#   severity: medium
#   message: "Not disclosed whether pinned to a version and checked for a signature: {term}."
#   threats: ["Supply Chain Attacks (Cross-Layer)", "Supply Chain Attacks (L3)"]
#   references: [MCP04:2025, AST02, AST07, BV-2, AML.T0109, "AICM-1.1 STA-09", CWE-494, CWE-1357]
#   remediation: Publish version, digest and signature policy for every server, skill and plugin that is shipped or recommended.
package maestro.l7_agent_ecosystem.tool_pinning_undisclosed

findings contains {"term": names, "facts": facts} if count(listed) > 0

facts := [["tools", i, field] | some i in listed; some field in ["kind", "pinned", "signed"]; not input.tools[i][field] == false]

listed contains i if {
	some i, tool in input.tools
	tool.kind in {"mcp", "skill", "plugin"}
	not tool.party == "own"
	some field in ["pinned", "signed"]
	not tool[field]
	not tool[field] == false
	not worse(tool)
}

# XL/unpinned-powerful-tool says more of it.
worse(tool) if {
	some right in tool.access
	right in {"write", "send", "delete", "execute", "pay", "admin"}
	not tool.pinned
	not tool.signed
}

# One finding for all of them; a list that nobody reads to its end is cut.
names := substring(concat(", ", {input.tools[i].id | some i in listed}), 0, 400)
