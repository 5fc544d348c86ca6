# METADATA
# title: Foundation model not disclosed
# description: |
#   Neither the model nor its provider is named. Nobody outside can look up its known
#   weaknesses, its data terms, or whether it was changed.
# custom:
#   kind: gap
#   severity: medium
#   message: Neither the foundation model nor its provider is named.
#   threats: ["Adversarial Examples (L1)", "Backdoor Attacks (L1)"]
#   references: ["LLM04:2026", ASI04, "AICM-1.1 MDS-03", "AICM-1.1 STA-08", AML.M0023, "AIUC-1 E017", "EU-AIA 13", "ISO42001 A.6.2.7", "RMF MAP 4.1", "AISVS C6"]
#   remediation: Name the model family, version, provider and hosting, fallback and router models too, and list them in an AI-BOM.
package maestro.l1_foundation_models.model_undisclosed

findings contains {"facts": [["model", "name"], ["model", "provider"]], "severity": severity} if {
	not input.model.name
	not input.model.provider

	# the customer brings the model, so there is none to name
	not input.model.hosting == "customer_choice"
}

default severity := "medium"

severity := "high" if input.derived.code_execution

severity := "high" if input.derived.state_change
