# METADATA
# title: A policy outside the model decides each tool call
# description: |
#   What the model asks for is granted by something that no text can persuade.
# custom:
#   kind: strength
#   severity: credit
#   message: A deterministic policy outside the model decides each tool call.
#   references: [ASI02, "AICM-1.1 AIS-11", AML.M0028, "AIUC-1 D003"]
#   remediation: Add argument checks and a list of approved tools, and test the policy with adversarial calls.
package maestro.l3_agent_frameworks.tool_policy

findings contains {"facts": [["guardrails", "tool_policy"]]} if {
	input.guardrails.tool_policy
	not gate
}

# Together they are the gate of another rule.
gate if {
	input.orchestration.argument_checks
	input.orchestration.tool_allowlist
}
