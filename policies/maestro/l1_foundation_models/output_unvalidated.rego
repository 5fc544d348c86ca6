# METADATA
# title: Model output is acted on without validation
# description: |
#   Model output is a guess that an attacker may have shaped. Acted on unchecked, it
#   becomes a command or a change.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: The agent acts on model output and no validation of that output is known.
#   controls: [/guardrails/output_validation]
#   threats: ["Input Validation Attacks (L3)"]
#   references: ["LLM10:2026", "LLM07:2026", OWASP-T5, CWE-1426, "AICM-1.1 AIS-10", AML.M0033, "AIUC-1 C006", "AIUC-1 D001", "AISVS C7"]
#   remediation: Check output against schema, range and business state before acting on it, and keep it away from interpreters and renderers.
package maestro.l1_foundation_models.output_unvalidated

findings contains {"facts": [["derived", "code_execution"]]} if {
	input.derived.code_execution
	not input.guardrails.output_validation
	not approved
}

findings contains {"facts": [["derived", "state_change"]]} if {
	input.derived.state_change
	not input.guardrails.output_validation
	not approved
}

# A person who judges every action validates it.
approved if {
	input.oversight.approval == "always"
	not input.oversight.informed_approval == false
}
