# METADATA
# title: Permissions wider than the purpose needs
# description: |
#   A hijacked agent can do whatever it was granted. An administrative or wildcard
#   grant turns one bad call into control of the whole system behind it.
# custom:
#   kind: weakness
#   severity: high
#   message: The agent holds permissions that are wider than its purpose needs.
#   threats: ["Agent Tool Misuse (L7)", "Privilege Escalation (Cross-Layer)"]
#   references: ["LLM03:2026", ASI03, OWASP-T3, MCP02:2025, AST03, AML.M0026, "AICM-1.1 IAM-05", "AICM-1.1 IAM-08", "AIUC-1 B006", CWE-250, CWE-269]
#   remediation: Cut every grant to the narrowest scope, prefer grants per task, and review them quarterly.
package maestro.l3_agent_frameworks.tool_scopes_excessive

findings contains {"term": tool.id, "facts": [["tools", i, "access"]]} if {
	some i, tool in input.tools
	"admin" in tool.access
}

findings contains {"term": tool.id, "facts": [["tools", i, "scopes"]]} if {
	some i, tool in input.tools
	some scope in tool.scopes
	excessive(scope)
}

findings contains {"facts": [["identity", "least_privilege"]]} if {
	input.identity.least_privilege == false
}

excessive(scope) if scope in {"*", "admin"}

excessive(scope) if endswith(scope, ":*")

excessive(scope) if endswith(scope, ".*")
