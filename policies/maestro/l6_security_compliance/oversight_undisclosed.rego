# METADATA
# title: Human oversight not disclosed
# description: |
#   The agent can act, and nothing says which of its actions wait for a person.
#   That decides whether a mistake is a question or an incident.
# custom:
#   kind: gap
#   severity: medium
#   message: The agent can act, and nothing says which actions wait for a person.
#   threats: ["Manipulation of Human Input/Feedback to Skew Agent Behavior (pattern)"]
#   references: [ASI09, OWASP-T10, OWASP-T15, AML.M0029, "AICM-1.1 GRC-15", "AIUC-1 C009", "RMF GOVERN 3.2", "RMF MAP 3.5", "EU-AIA 14"]
#   remediation: State which actions pause, who approves, what happens in unattended runs, and how approvers keep up.
package maestro.l6_security_compliance.oversight_undisclosed

findings contains {"facts": [["oversight", "approval"], ["derived", "has_tools"]]} if {
	input.derived.has_tools
	not input.oversight.approval
}

findings contains {"facts": [["oversight", "approval"], ["derived", "code_execution"]]} if {
	input.derived.code_execution
	not input.oversight.approval
}
