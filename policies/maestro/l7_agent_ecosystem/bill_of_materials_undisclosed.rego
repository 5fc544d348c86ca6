# METADATA
# title: Bill of materials and release signing not disclosed
# description: |
#   The agent is installed, and nothing says what it is made of or how to tell a genuine
#   release from a forged one. When a component turns out to be bad, nobody can tell
#   whether this agent contains it.
# custom:
#   kind: gap
#   severity: medium
#   message: It is open whether there are bills of materials or signed releases.
#   threats: ["Compromised Container Images (L4)", "Supply Chain Attacks (Cross-Layer)"]
#   references: ["LLM04:2026", ASI04, BV-3, AML.M0023, AML.M0013, AML.T0010.004, "AICM-1.1 STA-09", "AICM-1.1 TVM-08", CWE-1357]
#   remediation: Publish CycloneDX or SPDX with model, prompt, tool and dataset entries; sign releases; state patch times.
package maestro.l7_agent_ecosystem.bill_of_materials_undisclosed

findings contains {"facts": facts} if {
	# who only calls a service installs no release
	input.execution.environment in {"local_host", "customer_host"}
	not input.supply.sbom
	not input.supply.aibom
	not input.supply.release_signing
	count(facts) > 0
}

facts := [fact | some fact in undisclosed]

# What the body above leaves is declared missing or undisclosed.
undisclosed contains ["supply", "sbom"] if not input.supply.sbom == false

undisclosed contains ["supply", "aibom"] if not input.supply.aibom == false

undisclosed contains ["supply", "release_signing"] if not input.supply.release_signing == false
