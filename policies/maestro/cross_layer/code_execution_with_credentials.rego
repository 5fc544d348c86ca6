# METADATA
# title: Code execution with credentials and open network in reach
# description: |
#   Code that the model was talked into can read the credentials beside it and send
#   them anywhere. What they open is then lost too.
# custom:
#   kind: combination
#   layers: [L3, L4]
#   severity: critical
#   possible: high
#   message: The agent executes code with credentials in reach, and its outbound network is not known to be restricted.
#   controls: [/network/egress]
#   threats: ["Data Exfiltration (L2)", "Lateral Movement (Cross-Layer)"]
#   references: [ASI05, ASI03, MCP01:2025, MAS-T22, AML.T0083, AML.T0098, AML.T0086, "AICM-1.1 IAM-14", "AICM-1.1 I&S-03", CWE-522]
#   remediation: Move credentials to a broker outside the sandbox; deny egress by default; rotate what was reachable.
package maestro.cross_layer.code_execution_with_credentials

findings contains {"facts": [["derived", "code_execution"], ["secrets", "reach_model"]]} if {
	exposed
	input.secrets.reach_model
}

findings contains {"facts": [["derived", "code_execution"], ["secrets", "storage"]]} if {
	exposed
	input.secrets.storage in {"env", "config", "prompt", "repo"}
	not input.secrets.reach_model == false
}

exposed if {
	input.derived.code_execution
	not restricted
}

restricted if input.network.egress in {"none", "allowlist"}
