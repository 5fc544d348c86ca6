# METADATA
# title: Attestation present while the agent's own controls are undisclosed
# description: |
#   An attestation of the company says little about the agent if its runtime is
#   outside the audited boundary. Sandbox, action log and approval are what would
#   show it.
# custom:
#   kind: combination
#   layers: [L4, L5, L6]
#   severity: medium
#   message: There is an attestation ({args}), but nothing is said of sandbox, action log or approval.
#   references: ["AICM-1.1 A&A-04", "AICM-1.1 STA-06", "AIUC-1 E006", "RMF GOVERN 6.1", "ISO42001 A.10.3"]
#   remediation: Ask whether the attested boundary contains the agent runtime; request evidence of sandbox, log and oversight separately.
package maestro.cross_layer.attestation_without_controls

findings contains {"facts": array.concat(attested, undisclosed), "args": names} if {
	count(names) > 0
	not input.execution.sandbox.present
	not input.execution.sandbox.present == false
	not input.monitoring.action_log
	not input.monitoring.action_log == false
	not input.oversight.approval
}

names := [certification.id | some certification in input.compliance.certifications]

attested := [["compliance", "certifications", i, "id"] | some i, _ in input.compliance.certifications]

undisclosed := [
	["execution", "sandbox", "present"],
	["monitoring", "action_log"],
	["oversight", "approval"],
]
