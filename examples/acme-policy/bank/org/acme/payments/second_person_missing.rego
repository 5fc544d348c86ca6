# METADATA
# title: Payment without a second person
# description: |
#   Nobody at the bank moves money alone, and no agent does.
# custom:
#   kind: combination
#   layers: [L6]
#   severity: critical
#   possible: critical
#   collections: [bank]
#   message: The agent can pay, and no person is known to approve each payment.
#   controls: [/oversight/approval, /oversight/informed_approval]
#   references: [ASI03, OWASP-T3]
#   remediation: Have a person approve every payment, and show that person what is paid to whom.
package org.acme.payments.second_person_missing

findings contains {"facts": [["derived", "moves_money"]]} if {
	input.derived.moves_money
	not second_person
}

second_person if {
	input.oversight.approval == "always"
	input.oversight.informed_approval
}
