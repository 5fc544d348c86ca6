# METADATA
# title: Own model weights without a provenance check
# description: |
#   Weights are a file that somebody delivers. Loaded unchecked, they can carry a hidden
#   trigger or code that runs on load.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: Fine-tuned or self-hosted model weights are not known to be verified before they are loaded.
#   threats: ["Backdoor Attacks (L1)", "Data Poisoning (Training Phase) (L1)", "Supply Chain Attacks (Cross-Layer)"]
#   references: ["LLM05:2026", "LLM04:2026", ASI04, OWASP-T17, AML.T0010.003, AML.T0018.000, AML.M0014, "AICM-1.1 MDS-08", "AICM-1.1 MDS-09", "AICM-1.1 MDS-13", CWE-494, CWE-502]
#   remediation: Check signature or hash of base and adapter weights before loading. Use a safe file format, scan it and record its lineage.
package maestro.l1_foundation_models.weights_unverified

findings contains finding if {
	input.model.hosting == "self_hosted"
	not input.model.weights_verified
	finding := {"facts": [["model", "hosting"]], "controls": [["model", "weights_verified"]]}
}

findings contains finding if {
	input.model.fine_tuned
	not input.model.weights_verified

	# weights tuned through a provider's API are never handed over
	not input.model.hosting == "vendor_api"
	finding := {
		"facts": [["model", "fine_tuned"]],
		"controls": [["model", "weights_verified"], ["model", "hosting"]],
	}
}
