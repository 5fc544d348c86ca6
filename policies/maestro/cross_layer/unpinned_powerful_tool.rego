# METADATA
# title: Unpinned and unsigned third-party tool with power
# description: |
#   A server, skill or plugin that can act for the agent is replaced by its next
#   version without anybody noticing. Whoever takes over its source then acts with
#   the agent's rights.
# custom:
#   kind: combination
#   layers: [L3, L7]
#   severity: critical
#   possible: high
#   message: "{term} can change things on the agent's behalf and is not known to be pinned or signed."
#   threats: ["Supply Chain Attacks (Cross-Layer)", "Compromised Agents (L7)"]
#   references: [ASI04, OWASP-T17, MCP03:2025, MCP04:2025, BV-2, AST01, AST07, AML.T0109, AML.T0110, AML.CS0049, AML.CS0053, AML.CS0054, "AICM-1.1 STA-09", "AIUC-1 B006", CWE-494]
#   remediation: Pin by digest, verify the signature, re-approve when the tool description changes, and run it in its own sandbox with its own credential.
package maestro.cross_layer.unpinned_powerful_tool

findings contains finding if {
	some i, tool in input.tools
	tool.kind in {"mcp", "skill", "plugin"}
	some right in tool.access
	right in {"write", "send", "delete", "execute", "pay", "admin"}
	not tool.pinned
	not tool.signed
	finding := {
		"term": tool.id,
		"facts": [["tools", i, "kind"], ["tools", i, "access"]],
		"controls": [["tools", i, "pinned"], ["tools", i, "signed"]],
	}
}
