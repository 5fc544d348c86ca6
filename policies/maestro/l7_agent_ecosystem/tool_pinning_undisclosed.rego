# METADATA
# title: Pinning and signing of a third-party tool not disclosed
# description: |
#   A server, skill or plugin that is neither pinned nor signed can change after it
#   was reviewed. Nothing says whether this one can.
# custom:
#   kind: gap
#   severity: medium
#   message: Nothing says whether {term} is both pinned to a version and checked for its signature.
#   threats: ["Supply Chain Attacks (Cross-Layer)", "Supply Chain Attacks (L3)"]
#   references: [MCP04:2025, AST02, AST07, BV-2, AML.T0109, "AICM-1.1 STA-09", CWE-494, CWE-1357]
#   remediation: Publish version, digest and signature policy for every server, skill and plugin that is shipped or recommended.
package maestro.l7_agent_ecosystem.tool_pinning_undisclosed

findings contains finding if {
	some i, tool in input.tools
	tool.kind in {"mcp", "skill", "plugin"}
	not tool.pinned
	not tool.pinned == false
	finding := {"term": tool.id, "facts": [["tools", i, "kind"], ["tools", i, "pinned"]]}
}

findings contains finding if {
	some i, tool in input.tools
	tool.kind in {"mcp", "skill", "plugin"}
	not tool.signed
	not tool.signed == false
	finding := {"term": tool.id, "facts": [["tools", i, "kind"], ["tools", i, "signed"]]}
}
