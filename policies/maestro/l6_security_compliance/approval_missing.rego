# METADATA
# title: High-impact actions need no approval
# description: |
#   The agent may delete, pay, send to outsiders or change infrastructure on the
#   model's word alone. One misled step takes effect before anybody sees it.
# custom:
#   kind: weakness
#   severity: high
#   message: The agent takes high-impact actions and none of them waits for a person's informed approval.
#   threats: ["Agent Goal Manipulation (L7)", "Agent Tool Misuse (L7)"]
#   references: ["LLM03:2026", ASI02, ASI09, OWASP-T10, AML.M0029, "AICM-1.1 GRC-15", "AIUC-1 C009", "RMF MAP 3.5", "EU-AIA 14", "ISO42001 A.9.2"]
#   remediation: Make sending outside, deleting, paying, deploying and permission changes wait for a person who sees the real arguments.
package maestro.l6_security_compliance.approval_missing

findings contains {"facts": [["oversight", "approval"], ["derived", "high_impact"]]} if {
	input.oversight.approval == "never"
	input.derived.high_impact
}

# Approval by somebody who does not see or cannot judge the action is none.
findings contains {"facts": [["oversight", "informed_approval"], ["derived", "high_impact"]]} if {
	input.oversight.informed_approval == false
	input.derived.high_impact
}
