# METADATA
# title: Permissions wider than the purpose needs
# description: |
#   A hijacked agent can do whatever it was granted. A wildcard or administrative
#   scope turns one bad call into control of the whole system behind it.
# custom:
#   kind: weakness
#   severity: high
#   message: The agent holds permissions that are wider than its purpose needs.
#   threats: ["Agent Tool Misuse (L7)", "Privilege Escalation (Cross-Layer)"]
#   references: ["LLM03:2026", ASI03, OWASP-T3, MCP02:2025, AST03, AML.M0026, "AICM-1.1 IAM-05", "AICM-1.1 IAM-08", "AIUC-1 B006", CWE-250, CWE-269]
#   remediation: Cut every grant to the narrowest scope, prefer grants per task, and review them quarterly.
package maestro.l3_agent_frameworks.tool_scopes_excessive

# To administer can be the purpose: only what the grant itself says is too wide.
findings contains {"term": names, "facts": [["tools", i, "scopes"] | some i in wide]} if {
	count(wide) > 0
}

findings contains {"facts": [["identity", "least_privilege"]]} if {
	input.identity.least_privilege == false
}

wide contains i if {
	some i, tool in input.tools
	some scope in tool.scopes
	excessive(scope)
}

# One finding for all of them; a list that nobody reads to its end is cut.
names := substring(concat(", ", {input.tools[i].id | some i in wide}), 0, 400)

excessive(scope) if scope in {"*", "admin"}

excessive(scope) if endswith(scope, ":*")

excessive(scope) if endswith(scope, ".*")
