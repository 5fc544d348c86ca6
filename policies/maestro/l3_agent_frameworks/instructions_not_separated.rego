# METADATA
# title: Instructions and untrusted content not separated
# description: |
#   The model cannot tell an instruction from a sentence that it merely reads. When
#   both arrive in one channel, whoever wrote the content can give orders.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: Untrusted content reaches the model, and nothing is known to keep it apart from instructions.
#   controls: [/guardrails/context_separation]
#   threats: ["Input Validation Attacks (L3)", "Agent Goal Manipulation (L7)", "Goal Manipulation (pattern)"]
#   references: ["LLM01:2026", ASI01, OWASP-T6, MCP06:2025, BV-10, AML.T0051.001, AML.M0030, "AICM-1.1 AIS-15", CWE-1427]
#   remediation: Keep instructions, user intent and untrusted content in separate channels; let such content lower the session's rights.
package maestro.l3_agent_frameworks.instructions_not_separated

findings contains {"facts": [["derived", "untrusted_input"]]} if {
	input.derived.untrusted_input
	not input.guardrails.context_separation
}
