# METADATA
# title: Unsigned automatic updates into a privileged runtime
# description: |
#   Whoever takes over the update channel runs code on every host at once. Updates
#   that install themselves need a signature that is checked first.
# custom:
#   kind: combination
#   layers: [L4, L7]
#   severity: critical
#   possible: high
#   message: Updates install themselves on the user's or customer's host, and their signature is not known to be verified.
#   controls: [/supply/update_signed]
#   threats: ["Supply Chain Attacks (Cross-Layer)", "Compromised Framework Components (L3)"]
#   references: [ASI04, AST07, "LLM04:2026", AML.CS0047, AML.T0010.001, AML.M0013, "AICM-1.1 CCC-04", CWE-494]
#   remediation: Sign updates and verify before applying, with rollback, staged rings, a pin the customer holds, and a changelog.
package maestro.cross_layer.unsigned_updates

findings contains {"facts": [["supply", "update_channel"], ["execution", "environment"]]} if {
	input.supply.update_channel == "auto"
	input.execution.environment in {"local_host", "customer_host"}
	not input.supply.update_signed
}
