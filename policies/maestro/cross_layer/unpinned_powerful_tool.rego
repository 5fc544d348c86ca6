# METADATA
# title: Unpinned and unsigned third-party tools with power
# description: |
#   A server, skill or plugin that can act for the agent is replaced by its next
#   version without anybody noticing. Whoever takes over its source then acts with
#   the agent's rights.
# custom:
#   kind: combination
#   layers: [L3, L7]
#   severity: critical
#   possible: high
#   message: "Not known to be pinned or signed, and able to change things on the agent's behalf: {term}."
#   threats: ["Supply Chain Attacks (Cross-Layer)", "Compromised Agents (L7)"]
#   references: [ASI04, OWASP-T17, MCP03:2025, MCP04:2025, BV-2, AST01, AST07, AML.T0109, AML.T0110, AML.CS0049, AML.CS0053, AML.CS0054, "AICM-1.1 STA-09", "AIUC-1 B006", CWE-494]
#   remediation: Pin by digest, verify the signature, re-approve when the tool description changes, and run it in its own sandbox with its own credential.
package maestro.cross_layer.unpinned_powerful_tool

findings contains finding if {
	count(listed) > 0
	finding := {
		"term": names,
		"facts": [["tools", i, field] | some i in listed; some field in ["kind", "access"]],
		"controls": [["tools", i, control] | some i in worst; some control in ["pinned", "signed"]],
	}
}

listed contains i if {
	some i, tool in input.tools
	tool.kind in {"mcp", "skill", "plugin"}
	not tool.party == "own"
	some right in tool.access
	right in {"write", "send", "delete", "execute", "pay", "admin"}
	not tool.pinned
	not tool.signed
}

# What is declared decides for the list.
worst := declared if count(declared) > 0

else := listed

declared contains i if {
	some i in listed
	input.tools[i].pinned == false
	input.tools[i].signed == false
}

# One finding for all of them; a list that nobody reads to its end is cut.
names := substring(concat(", ", {input.tools[i].id | some i in listed}), 0, 400)
