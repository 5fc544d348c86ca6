# METADATA
# title: Moves money with full autonomy
# description: |
#   A wrong or hijacked decision becomes a payment before anyone sees it. A cap
#   outside the model bounds the loss when no person does.
# custom:
#   kind: combination
#   layers: [L3, L6]
#   severity: critical
#   possible: high
#   message: The agent pays, no informed approval is known, and no hard cap is known to bound what it spends.
#   controls: [/oversight/spending_limit]
#   threats: ["Agent Goal Manipulation (L7)", "Agent Tool Misuse (L7)"]
#   references: [ASI01, ASI02, "LLM03:2026", OWASP-T2, AML.T0048.000, AML.CS0026, AML.M0029, "AICM-1.1 IAM-04", "AIUC-1 C009", "EU-AIA 14"]
#   remediation: Set hard caps outside the model, allow-list payees, ask a second approver above a threshold, and reconcile.
package maestro.cross_layer.autonomous_payments

findings contains {"facts": [["derived", "moves_money"], ["oversight", "approval"]]} if {
	input.derived.moves_money
	input.oversight.approval == "never"
	not input.oversight.spending_limit
}

findings contains finding if {
	input.derived.moves_money
	not input.oversight.approval
	not input.oversight.spending_limit
	finding := {
		"facts": [["derived", "moves_money"], ["oversight", "approval"]],
		"controls": [["oversight", "approval"], ["oversight", "spending_limit"]],
	}
}

# Approval by somebody who does not see or cannot judge the payment is none.
findings contains {"facts": [["derived", "moves_money"], ["oversight", "informed_approval"]]} if {
	input.derived.moves_money
	input.oversight.informed_approval == false
	not input.oversight.spending_limit
}
