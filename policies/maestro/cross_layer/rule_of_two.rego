# METADATA
# title: Rule of Two broken without supervision
# description: |
#   Untrusted input, sensitive access and the power to act together let whoever
#   writes the input decide what is done. With all three in one session somebody has
#   to watch.
# custom:
#   kind: combination
#   layers: [L3, L6]
#   severity: critical
#   possible: high
#   message: The agent takes untrusted input, holds sensitive access and can act on it, and no informed approval of what it does is known.
#   threats: ["Agent Goal Manipulation (L7)", "Privilege Escalation (Cross-Layer)"]
#   references: [ASI01, ASI02, "LLM03:2026", OWASP-T6, AML.M0029, AML.M0030, AML.CS0039, "AICM-1.1 GRC-15", "EU-AIA 14"]
#   remediation: Hold at most two of the three per session; where all three are needed, put a human or an equally reliable check in the path.
package maestro.cross_layer.rule_of_two

findings contains finding(["derived", "state_change"]) if {
	unsupervised
	input.derived.state_change
}

findings contains finding(["derived", "external_communication"]) if {
	unsupervised
	input.derived.external_communication
}

unsupervised if {
	input.derived.untrusted_input
	input.derived.sensitive_access
	not approved
}

approved if {
	input.oversight.approval in {"always", "risky"}
	not uninformed
}

# Approval by somebody who does not see or cannot judge the action is none.
uninformed if input.oversight.informed_approval == false

default approval := ["oversight", "approval"]

approval := ["oversight", "informed_approval"] if uninformed

finding(power) := {
	"facts": [["derived", "untrusted_input"], ["derived", "sensitive_access"], power],
	"controls": [approval],
}
