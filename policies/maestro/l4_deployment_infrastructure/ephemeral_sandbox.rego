# METADATA
# title: Ephemeral sandbox without credentials or open network
# description: |
#   What runs in such a sandbox finds nothing to steal, nowhere to send it, and no
#   place to stay.
# custom:
#   kind: strength
#   severity: credit
#   message: Execution is sandboxed by default, thrown away after use, without credentials and with restricted outbound access.
#   references: ["AICM-1.1 AIS-13", "AICM-1.1 I&S-03", AML.M0032, "AIUC-1 B008", AST06]
#   remediation: Keep it, and include escape tests in red teaming.
package maestro.l4_deployment_infrastructure.ephemeral_sandbox

findings contains finding if {
	input.execution.sandbox.present
	input.execution.sandbox.default_on
	input.execution.ephemeral
	input.network.egress in {"none", "allowlist"}
	input.secrets.reach_model == false
	finding := {"facts": [
		["execution", "sandbox", "present"],
		["execution", "sandbox", "default_on"],
		["execution", "ephemeral"],
		["network", "egress"],
		["secrets", "reach_model"],
	]}
}
