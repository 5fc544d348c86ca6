# METADATA
# title: Credentials within reach of the model or its files
# description: |
#   What the model or its code can read, an injected instruction can send away. A
#   stolen credential works long after the session is over.
# custom:
#   kind: weakness
#   severity: high
#   message: Credentials are kept where the agent, or whoever reads its files, can pick them up.
#   threats: ["Data Leakage (Cross-Layer)", "Agent Identity Attack (L7)"]
#   references: [MCP01:2025, "LLM08:2026", "LLM02:2026", ASI03, MAS-T22, NHI2:2025, AML.T0083, AML.T0098, AML.T0055, "AICM-1.1 IAM-14", CWE-522, CWE-798]
#   remediation: Keep credentials in a vault behind a broker; the agent asks for an action and never holds the credential.
package maestro.l4_deployment_infrastructure.secrets_exposed

findings contains {"facts": [["secrets", "storage"]], "severity": severity} if {
	input.secrets.storage in {"env", "config", "prompt", "repo"}
}

findings contains {"facts": [["secrets", "reach_model"]], "severity": severity} if {
	input.secrets.reach_model
}

default severity := "high"

severity := "medium" if {
	input.secrets.storage in {"env", "config"}
	input.secrets.reach_model == false
}
