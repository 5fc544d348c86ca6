# METADATA
# title: Lethal trifecta of private data, untrusted content and an outbound channel
# description: |
#   Hidden instructions in what the agent reads can make it fetch private data and send
#   it out. Approval and restricted egress make that harder; they do not remove a leg.
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

findings contains object.union({"facts": legs}, judgement) if {
	input.derived.private_data
	input.derived.untrusted_input
	input.derived.external_communication
}

legs := [["derived", leg] | some leg in ["private_data", "untrusted_input", "external_communication"]]

judgement := {"controls": [control | some control in controls]} if {
	count(brakes) == 0
} else := {"severity": "medium"} if {
	count(brakes) == 2
} else := {"severity": "medium"} if {
	input.guardrails.context_separation
} else := {"severity": "high"}

brakes contains "approval" if {
	input.oversight.approval in {"always", "risky"}
	not uninformed
}

brakes contains "egress" if {
	input.network.egress in {"none", "allowlist"}
	not sends_past_network
}

controls contains ["oversight", "approval"] if not uninformed

controls contains ["oversight", "informed_approval"] if uninformed

controls contains ["network", "egress"] if not sends_past_network

uninformed if input.oversight.informed_approval == false

# Mail and SaaS send from servers of their own, whatever the agent's network allows.
sends_past_network if {
	some tool in input.tools
	some right in tool.access
	right in {"send", "pay"}
	not tool.audience == "internal"
}
