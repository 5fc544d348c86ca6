# METADATA
# title: No stop control
# description: |
#   Nobody can halt the agent without the model's consent. Once it goes wrong it
#   goes on until the harm is done or the model relents.
# custom:
#   kind: weakness
#   severity: high
#   message: No stop control cuts the agent's calls and tokens.
#   suppressed_by: [XL/unwatched-autonomy]
#   threats: ["Agent Goal Manipulation (L7)", "Goal Misalignment Cascades (Cross-Layer)"]
#   references: [ASI10, ASI08, "AICM-1.1 GRC-15", "AIUC-1 C009", "RMF MANAGE 2.4", "EU-AIA 14"]
#   remediation: Add a stop that cuts tool calls and tokens without asking the model, and test it.
package maestro.l6_security_compliance.stop_missing

findings contains {"facts": [["oversight", "stop"]]} if {
	input.oversight.stop == false
	not nothing_to_stop
}

nothing_to_stop if {
	input.derived.has_tools == false
	not input.derived.code_execution
	not input.peers.multi_agent
}
