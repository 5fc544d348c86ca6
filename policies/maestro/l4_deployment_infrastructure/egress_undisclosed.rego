# METADATA
# title: Outbound network policy not disclosed
# description: |
#   An agent that runs code or browses can send what it knows to any address it can
#   reach. Nothing says which addresses those are.
# custom:
#   kind: gap
#   severity: medium
#   message: The agent {args}, and nothing says what it can reach on the network.
#   threats: ["Data Exfiltration (L2)", "Resource Hijacking (L4)"]
#   references: [ASI02, "LLM02:2026", AML.T0086, "AICM-1.1 I&S-03", "AICM-1.1 I&S-09", AST03]
#   remediation: Declare outbound access as none, allow-listed or open, and publish the allow-list.
package maestro.l4_deployment_infrastructure.egress_undisclosed

findings contains {"facts": [["network", "egress"]], "severity": severity, "args": args} if {
	not input.network.egress
	count(args) > 0
}

args := [concat(" and ", means) | count(means) > 0]

means contains "runs code" if input.derived.code_execution

means contains "browses" if input.derived.browses

default severity := "medium"

severity := "high" if {
	input.derived.code_execution
	input.derived.customer_data
}
