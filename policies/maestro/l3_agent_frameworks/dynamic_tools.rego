# METADATA
# title: Tools added at run time without approval
# description: |
#   A tool found at run time brings its own description and code into the session.
#   Whoever can offer one can steer the agent.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: Tools can be added at run time, and no list of approved tools is known to limit them.
#   controls: [/orchestration/tool_allowlist]
#   threats: ["Supply Chain Attacks (L3)", "Malicious Agent Discovery (L7)"]
#   references: [ASI04, MCP03:2025, MCP09:2025, BV-2, MAS-T47, AML.T0110, AML.T0011.002, "AIUC-1 B006", "AICM-1.1 UEM-02", CWE-829]
#   remediation: Approve each tool by name, version and hash of its description, and again on every change.
package maestro.l3_agent_frameworks.dynamic_tools

findings contains {"facts": [["orchestration", "dynamic_tools"]]} if {
	input.orchestration.dynamic_tools
	not input.orchestration.tool_allowlist
}
