# METADATA
# title: Drives a logged-in browser or desktop over untrusted content
# description: |
#   A hostile page can make the agent click, read and submit as the person who is
#   logged in. Approval catches some of it; a session without the person's logins
#   removes it.
# custom:
#   kind: combination
#   layers: [L3, L6]
#   severity: critical
#   possible: high
#   message: "{term} acts inside a person's logged-in session while the agent reads text written by others."
#   threats: ["Agent Goal Manipulation (L7)", "Data Leakage (Cross-Layer)"]
#   references: [ASI01, ASI02, "LLM01:2026", AML.T0100, AML.CS0046, AML.CS0055, AML.M0029, "AICM-1.1 AIS-13", CWE-441]
#   remediation: Use a separate profile without personal sessions, allow-list domains, watch sensitive sites, and confirm before submitting.
package maestro.cross_layer.browser_session_hijack

findings contains finding if {
	some i in exposed
	not approved
	finding := {
		"term": input.tools[i].id,
		"facts": facts(i),
		"controls": [approval],
	}
}

findings contains finding if {
	some i in exposed
	approved
	finding := {"term": input.tools[i].id, "facts": facts(i), "severity": "high"}
}

exposed contains i if {
	input.derived.untrusted_input
	some i, tool in input.tools
	tool.kind in {"browser", "computer_use"}
	tool.authenticated_session
}

approved if {
	input.oversight.approval in {"always", "risky"}
	not uninformed
}

# Approval by somebody who does not see or cannot judge the action is none.
uninformed if input.oversight.informed_approval == false

default approval := ["oversight", "approval"]

approval := ["oversight", "informed_approval"] if uninformed

facts(i) := [
	["tools", i, "kind"],
	["tools", i, "authenticated_session"],
	["derived", "untrusted_input"],
]
