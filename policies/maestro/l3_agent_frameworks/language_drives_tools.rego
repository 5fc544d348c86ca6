# METADATA
# title: Natural language drives tool calls without a policy gate
# description: |
#   Goals in natural language become calls to connected systems. Whoever can put
#   words in front of the model then has a hand on those systems.
# custom:
#   kind: weakness
#   severity: medium
#   possible: low
#   message: Natural-language goals become tool calls, and no policy outside the model is known to decide them.
#   controls: [/guardrails/tool_policy]
#   threats: ["Agent Tool Misuse (L7)", "Integration Risks (L7)", "Input Validation Attacks (L3)"]
#   references: [ASI02, OWASP-T2, "LLM03:2026", AML.T0053, AML.M0028, "AICM-1.1 AIS-11", "AICM-1.1 IAM-18", "AIUC-1 D003", "AIUC-1 B006", "AISVS C9"]
#   remediation: Let a deterministic policy decide every call, check arguments against schema and state, and split read from write.
package maestro.l3_agent_frameworks.language_drives_tools

findings contains finding if {
	input.derived.has_tools
	not input.derived.state_change == false
	not input.guardrails.tool_policy
	some driver in drivers
	finding := {
		"facts": [driver, ["derived", "has_tools"]],
		"severity": severity,
		"possible": possible,
	}
}

drivers contains ["orchestration", "planning"] if input.orchestration.planning

drivers contains ["orchestration", "codegen"] if input.orchestration.codegen

default severity := "medium"

severity := "high" if input.derived.untrusted_input

default possible := "low"

possible := "medium" if input.derived.untrusted_input
