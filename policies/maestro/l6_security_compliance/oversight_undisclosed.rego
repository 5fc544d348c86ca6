# METADATA
# title: Human oversight not disclosed
# description: |
#   The agent can act, or nothing says that it cannot, and nothing says which of its
#   actions wait for a person. That decides whether a mistake is a question or an incident.
# custom:
#   kind: gap
#   severity: medium
#   message: The agent {args}, and nothing says which actions wait for a person.
#   threats: ["Manipulation of Human Input/Feedback to Skew Agent Behavior (pattern)"]
#   references: [ASI09, OWASP-T10, OWASP-T15, AML.M0029, "AICM-1.1 GRC-15", "AIUC-1 C009", "RMF GOVERN 3.2", "RMF MAP 3.5", "EU-AIA 14"]
#   remediation: State which actions pause, who approves, what happens in unattended runs, and how approvers keep up.
package maestro.l6_security_compliance.oversight_undisclosed

findings contains {"facts": [["oversight", "approval"], ["derived", "state_change"]], "args": ["can act"]} if {
	input.derived.state_change
	not input.oversight.approval
}

findings contains {"facts": [["oversight", "approval"], ["derived", "code_execution"]], "args": ["can act"]} if {
	input.derived.code_execution
	not input.oversight.approval
}

# What tools can do for which no access is listed is anybody's guess.
findings contains {"facts": facts, "args": ["may be able to act"]} if {
	count(silent) > 0
	not input.derived.state_change
	not input.derived.code_execution
	not input.oversight.approval
}

facts := array.concat([["oversight", "approval"]], [["tools", i, "access"] | some i in silent])

silent contains i if {
	some i, tool in input.tools
	not tool.access
}
