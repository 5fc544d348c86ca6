# METADATA
# title: Outbound network unrestricted
# description: |
#   An injected instruction needs a way out to do its harm. An open network offers
#   every address there is.
# custom:
#   kind: weakness
#   severity: high
#   message: The agent can reach any address on the network.
#   threats: ["Data Exfiltration (L2)", "Resource Hijacking (L4)"]
#   references: [ASI02, "LLM02:2026", "LLM10:2026", AML.T0086, AML.T0077, "AICM-1.1 I&S-03", CWE-918]
#   remediation: Deny by default, allow by domain, log at a proxy, and do not fetch links or images in output by themselves.
package maestro.l4_deployment_infrastructure.egress_open

findings contains {"facts": [["network", "egress"]]} if {
	input.network.egress == "open"
}
