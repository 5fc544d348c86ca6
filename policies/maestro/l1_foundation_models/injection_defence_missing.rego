# METADATA
# title: No prompt-injection defence
# description: |
#   A model cannot reliably tell instructions from content. Here nothing filters what it
#   reads, keeps content apart or decides its calls, so planted text steers the agent.
# custom:
#   kind: weakness
#   severity: medium
#   message: The agent has no input filter, no separation of content from instructions and no policy on its tool calls.
#   threats: ["Adversarial Examples (L1)", "Prompt Injection/Jailbreaking (pattern)"]
#   references: ["LLM01:2026", ASI01, OWASP-T6, MCP06:2025, AML.T0051.001, AML.M0020, AML.M0030, "AICM-1.1 AIS-09", "AICM-1.1 TVM-13", "AIUC-1 B002", "AIUC-1 B005", CWE-1427]
#   remediation: Start with a control that does not ask the model, a policy on tool calls or a separate channel for content; add a filter and test both.
package maestro.l1_foundation_models.injection_defence_missing

findings contains {"facts": facts, "severity": severity} if {
	input.guardrails.input_filter == false
	input.guardrails.context_separation == false
	input.guardrails.tool_policy == false
}

facts := [
	["guardrails", "input_filter"],
	["guardrails", "context_separation"],
	["guardrails", "tool_policy"],
]

default severity := "medium"

severity := "high" if input.derived.untrusted_input
