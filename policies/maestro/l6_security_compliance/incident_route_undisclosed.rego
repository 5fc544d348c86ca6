# METADATA
# title: No incident or vulnerability-reporting route disclosed
# description: |
#   Whoever finds a flaw or suffers an incident needs to know whom to tell and what
#   happens next. Nothing says either.
# custom:
#   kind: gap
#   severity: medium
#   message: It is open how incidents are handled or where vulnerabilities are reported.
#   references: ["AICM-1.1 SEF-03", "AICM-1.1 SEF-08", "AICM-1.1 SEF-10", "AIUC-1 E001", "AIUC-1 E002", "AIUC-1 E003", "RMF GOVERN 4.3", "RMF MANAGE 4.3", "EU-AIA 73", "ISO42001 A.8.4"]
#   remediation: Publish a security contact, a disclosure policy, what counts as an AI incident, and how fast customers are told.
package maestro.l6_security_compliance.incident_route_undisclosed

findings contains {"facts": facts} if {
	not input.incident.response
	not input.incident.contact
	not input.incident.vdp
	count(facts) > 0
}

facts := [fact | some fact in undisclosed]

# What the body above leaves is declared missing or undisclosed.
undisclosed contains ["incident", "response"] if not input.incident.response == false

undisclosed contains ["incident", "contact"] if not input.incident.contact == false

undisclosed contains ["incident", "vdp"] if not input.incident.vdp == false
