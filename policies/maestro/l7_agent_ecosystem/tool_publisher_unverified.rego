# METADATA
# title: Third-party tools from unverified publishers
# description: |
#   A server, skill or plugin runs with the agent's rights. Nobody stands for one
#   whose publisher is not verified.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: "Not known to come from a verified publisher: {term}."
#   threats: ["Compromised Agents (L7)", "Compromised Agent Registry (L7)", "Marketplace Manipulation (L7)", "Sybil Attack through Agent Impersonation (pattern)"]
#   references: [ASI04, OWASP-T17, MCP09:2025, MAS-T29, MAS-T37, MAS-T47, AST01, AST09, AML.T0104, AML.T0111, "AICM-1.1 STA-10", "AIUC-1 E006", CWE-829]
#   remediation: Install only from verified publishers or a private registry; scan code and text; keep an inventory with owners.
package maestro.l7_agent_ecosystem.tool_publisher_unverified

findings contains finding if {
	count(listed) > 0
	finding := {
		"term": names,
		"facts": [["tools", i, "kind"] | some i in listed],
		"controls": [["tools", i, "publisher_verified"] | some i in worst],
	}
}

listed contains i if {
	some i, tool in input.tools
	tool.kind in {"mcp", "skill", "plugin"}
	not tool.party == "own"
	not tool.publisher_verified
}

# What is declared decides for the list.
worst := declared if count(declared) > 0

else := listed

declared contains i if {
	some i in listed
	input.tools[i].publisher_verified == false
}

# One finding for all of them; a list that nobody reads to its end is cut.
names := substring(concat(", ", {input.tools[i].id | some i in listed}), 0, 400)
