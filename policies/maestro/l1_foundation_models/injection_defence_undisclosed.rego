# METADATA
# title: No prompt-injection defence described
# description: |
#   A model cannot reliably tell instructions from content. Nothing says what stops
#   planted text from steering the agent.
# custom:
#   kind: gap
#   severity: medium
#   message: It is open how the agent withstands prompt injection.
#   threats: ["Adversarial Examples (L1)", "Prompt Injection/Jailbreaking (pattern)"]
#   references: ["LLM01:2026", ASI01, OWASP-T6, MCP06:2025, AML.T0051.001, AML.M0020, AML.M0030, "AICM-1.1 AIS-09", "AICM-1.1 TVM-13", "AIUC-1 B002", "AIUC-1 B005", CWE-1427]
#   remediation: Describe the structural control first (separation, taint tracking, tool gating), then the filter, and publish an injection test.
package maestro.l1_foundation_models.injection_defence_undisclosed

findings contains {"facts": facts, "severity": severity} if {
	not input.guardrails.input_filter
	not input.guardrails.context_separation
	not input.guardrails.tool_policy
	count(facts) > 0
	not lookup
}

# A server of tools that only look up what is public has no model to steer.
lookup if {
	input.metadata.subject == "tool_server"
	harmless
}

facts := [fact | some fact in undisclosed]

# What the body above leaves is declared missing or undisclosed.
undisclosed contains ["guardrails", "input_filter"] if not input.guardrails.input_filter == false

undisclosed contains ["guardrails", "context_separation"] if not input.guardrails.context_separation == false

undisclosed contains ["guardrails", "tool_policy"] if not input.guardrails.tool_policy == false

default severity := "medium"

severity := "high" if {
	input.derived.untrusted_input
	not harmless
}

# Whoever steers it changes nothing and sees nothing of others.
harmless if {
	input.derived.state_change == false
	input.derived.customer_data == false
	not input.derived.code_execution
}
