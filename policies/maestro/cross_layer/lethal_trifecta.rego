# METADATA
# title: Lethal trifecta of private data, untrusted content and an outbound channel
# description: |
#   Hidden instructions in what the agent reads can make it fetch private data and
#   send it out. Approval and restricted egress make that harder; they do not remove
#   a leg.
# custom:
#   kind: combination
#   layers: [L2, L3, L4]
#   severity: critical
#   possible: high
#   message: The agent reaches private data, reads text written by others, and can send data out.
#   threats: ["Data Leakage (Cross-Layer)", "Data Exfiltration (L2)"]
#   references: ["LLM01:2026", "LLM02:2026", ASI01, ASI02, AML.T0086, AML.T0051.001, AML.CS0035, AML.CS0037, AML.CS0045, AML.M0030, "AICM-1.1 AIS-11", "AIUC-1 A004", CWE-1427]
#   remediation: "Remove one leg per session: block sending once untrusted content is in, keep private data out, or allow-list the sources; approve every outbound write."
package maestro.cross_layer.lethal_trifecta

findings contains finding if {
	trifecta
	count(brakes) == 0
	finding := {"facts": legs, "controls": [["oversight", "approval"], ["network", "egress"]]}
}

findings contains {"facts": legs, "severity": severity} if {
	trifecta
	count(brakes) > 0
}

trifecta if {
	input.derived.private_data
	input.derived.untrusted_input
	input.derived.external_communication
}

legs := [
	["derived", "private_data"],
	["derived", "untrusted_input"],
	["derived", "external_communication"],
]

brakes contains "approval" if input.oversight.approval in {"always", "risky"}

brakes contains "egress" if input.network.egress in {"none", "allowlist"}

default severity := "high"

severity := "medium" if count(brakes) == 2

severity := "medium" if input.guardrails.context_separation
