# METADATA
# title: Third-party tool from an unverified publisher
# description: |
#   A server, skill or plugin runs with the agent's rights. Nobody stands for one
#   whose publisher is not verified.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: The publisher of {term} is not known to be verified.
#   threats: ["Compromised Agents (L7)", "Compromised Agent Registry (L7)", "Marketplace Manipulation (L7)", "Sybil Attack through Agent Impersonation (pattern)"]
#   references: [ASI04, OWASP-T17, MCP09:2025, MAS-T29, MAS-T37, MAS-T47, AST01, AST09, AML.T0104, AML.T0111, "AICM-1.1 STA-10", "AIUC-1 E006", CWE-829]
#   remediation: Install only from verified publishers or a private registry; scan code and text; keep an inventory with owners.
package maestro.l7_agent_ecosystem.tool_publisher_unverified

findings contains finding if {
	some i, tool in input.tools
	tool.kind in {"mcp", "skill", "plugin"}
	not tool.publisher_verified
	finding := {
		"term": tool.id,
		"facts": [["tools", i, "kind"]],
		"controls": [["tools", i, "publisher_verified"]],
	}
}
