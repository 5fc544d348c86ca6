# METADATA
# title: Identity of the agent not disclosed
# description: |
#   What a hijacked agent can reach, and whether its deeds can be told from those
#   of a person, depends on whose account it uses. Nothing says whose that is.
# custom:
#   kind: gap
#   severity: medium
#   message: The agent has tools, and nothing says under which identity it uses them.
#   threats: ["Agent Identity Attack (L7)", "Repudiation (L7)"]
#   references: [ASI03, OWASP-T9, MCP07:2025, "AICM-1.1 IAM-12", "AICM-1.1 IAM-18", "AIUC-1 A003", NHI9:2025]
#   remediation: State for each integration whether the agent uses a delegated user token, a principal of its own or a shared account.
package maestro.l6_security_compliance.identity_undisclosed

findings contains {"facts": [["identity", "acts_as"], ["derived", "has_tools"]]} if {
	input.derived.has_tools
	not input.identity.acts_as

	# who needs no credentials is nobody in particular
	not input.secrets.storage == "none"
	not local
}

# A local program is its user, as long as it logs in nowhere.
local if {
	input.execution.environment == "local_host"
	every tool in input.tools {
		tool.kind in {"shell", "code", "interpreter", "function", "filesystem", "browser", "computer_use", "http"}
	}
}
