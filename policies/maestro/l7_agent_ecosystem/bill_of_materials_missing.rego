# METADATA
# title: No bill of materials
# description: |
#   Nobody can look up what the agent is made of. When a component turns out to be bad,
#   nobody can tell whether this agent contains it.
# custom:
#   kind: weakness
#   severity: low
#   message: There is neither a software nor an AI bill of materials.
#   threats: ["Compromised Container Images (L4)", "Supply Chain Attacks (Cross-Layer)"]
#   references: ["LLM04:2026", ASI04, BV-3, AML.M0023, AML.T0010.004, "AICM-1.1 STA-09", "AICM-1.1 TVM-08", CWE-1357]
#   remediation: Let each build write a bill of materials, models, prompts and tools included, and hand it out with the release.
package maestro.l7_agent_ecosystem.bill_of_materials_missing

findings contains {"facts": [["supply", "sbom"], ["supply", "aibom"]], "severity": severity} if {
	input.supply.sbom == false
	input.supply.aibom == false
}

default severity := "low"

severity := "medium" if input.execution.environment in {"local_host", "customer_host"}
