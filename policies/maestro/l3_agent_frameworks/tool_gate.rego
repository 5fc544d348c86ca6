# METADATA
# title: Deterministic gate on tool calls
# description: |
#   A policy outside the model, argument checks and a list of approved tools hold
#   even when the model has been talked into something.
# custom:
#   kind: strength
#   severity: credit
#   message: A deterministic policy, argument checks and a tool allow-list stand between the model and its tools.
#   references: [ASI02, "AICM-1.1 AIS-11", "AICM-1.1 TVM-13", AML.M0028, "AIUC-1 D003", "AISVS C9"]
#   remediation: Keep it, and test the gate with adversarial calls on each release.
package maestro.l3_agent_frameworks.tool_gate

findings contains finding if {
	input.guardrails.tool_policy
	input.orchestration.argument_checks
	input.orchestration.tool_allowlist
	finding := {"facts": [
		["guardrails", "tool_policy"],
		["orchestration", "argument_checks"],
		["orchestration", "tool_allowlist"],
	]}
}
