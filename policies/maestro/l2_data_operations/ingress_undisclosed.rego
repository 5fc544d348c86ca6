# METADATA
# title: Content sources the agent reads not listed
# description: |
#   Every channel that carries text by others into the context is a way to steer the
#   agent. Nothing says which channels there are.
# custom:
#   kind: gap
#   severity: low
#   message: Nothing says through which channels text written by others reaches the model.
#   threats: ["Data Poisoning (L2)"]
#   references: [ASI01, "LLM01:2026", MCP10:2025, AML.T0093, "AICM-1.1 DSP-05", "RMF MAP 1.6"]
#   remediation: List every channel that can put text into the context, such as mail, web, files and peers, and mark those an attacker can write to.
package maestro.l2_data_operations.ingress_undisclosed

findings contains {"facts": [["data", "ingress"]], "severity": severity} if {
	not input.data.ingress
}

default severity := "low"

severity := "medium" if input.derived.state_change
