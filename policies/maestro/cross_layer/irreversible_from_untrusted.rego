# METADATA
# title: Irreversible action reachable from untrusted input
# description: |
#   Text written by others can lead the agent to delete or change what cannot be
#   brought back. Either a person sees such an action first, or it can be undone.
# custom:
#   kind: combination
#   layers: [L3, L6]
#   severity: critical
#   possible: high
#   message: Text written by others can lead to an irreversible action, and neither informed approval of it nor a way to undo it is known.
#   threats: ["Agent Tool Misuse (L7)", "Lateral Movement (Cross-Layer)"]
#   references: [ASI02, OWASP-T2, "LLM03:2026", AML.T0101, AML.CS0046, AML.CS0047, AML.M0029, "AICM-1.1 CCC-04", "AICM-1.1 BCR-08", CWE-862]
#   remediation: Make the action reversible with soft delete, snapshot or staged deploy, or always approve it; never let untrusted content trigger it.
package maestro.cross_layer.irreversible_from_untrusted

findings contains finding if {
	input.derived.untrusted_input
	input.derived.destructive
	not approved
	not input.oversight.undo
	finding := {
		"facts": [["derived", "untrusted_input"], ["derived", "destructive"]],
		"controls": [approval, ["oversight", "undo"]],
	}
}

approved if {
	input.oversight.approval in {"always", "risky"}
	not uninformed
}

# Approval by somebody who does not see or cannot judge the action is none.
uninformed if input.oversight.informed_approval == false

default approval := ["oversight", "approval"]

approval := ["oversight", "informed_approval"] if uninformed
