# METADATA
# title: No incident plan or nowhere to report a vulnerability
# description: |
#   Whoever finds a flaw or suffers an incident meets nobody who is ready for it. The
#   flaw stays open and the harm goes on meanwhile.
# custom:
#   kind: weakness
#   severity: medium
#   message: "Declared missing for incidents and vulnerabilities: {args}."
#   references: ["AICM-1.1 SEF-03", "AICM-1.1 SEF-08", "AICM-1.1 SEF-10", "AIUC-1 E001", "AIUC-1 E002", "AIUC-1 E003", "RMF GOVERN 4.3", "RMF MANAGE 4.3", "EU-AIA 73", "ISO42001 A.8.4"]
#   remediation: Rehearse a plan for incidents with the agent, and publish whom to tell about a flaw and what happens then.
package maestro.l6_security_compliance.incident_route_missing

findings contains finding if {
	count(missing) > 0
	finding := {
		"facts": [["incident", part] | some part in missing],
		"args": [names[part] | some part in missing],
	}
}

missing contains "response" if input.incident.response == false

# Either of the two tells whom to tell.
missing contains route if {
	input.incident.contact == false
	input.incident.vdp == false
	some route in ["contact", "vdp"]
}

names := {
	"response": "incident-response plan",
	"contact": "security contact",
	"vdp": "disclosure policy",
}
