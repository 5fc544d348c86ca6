# METADATA
# title: Stop control not disclosed
# description: |
#   The agent goes on by itself, and nothing says whether somebody can halt it without
#   the model's consent. An agent that goes wrong has to be cut off, not persuaded.
# custom:
#   kind: gap
#   severity: medium
#   message: Nothing says whether a stop control cuts the agent's calls and tokens.
#   threats: ["Agent Goal Manipulation (L7)", "Goal Misalignment Cascades (Cross-Layer)"]
#   references: [ASI10, ASI08, "AICM-1.1 GRC-15", "AIUC-1 C009", "RMF MANAGE 2.4", "EU-AIA 14"]
#   remediation: Document a stop that cuts tool calls and tokens without asking the model, and when it was last tested.
package maestro.l6_security_compliance.stop_undisclosed

findings contains {"facts": [["oversight", "stop"]]} if {
	not input.oversight.stop
	not input.oversight.stop == false
	goes_on
	not nothing_to_stop
}

# What answers once has stopped before anybody could stop it.
goes_on if input.derived.autonomous

goes_on if input.oversight.acts_alone

goes_on if input.orchestration.planning

goes_on if input.peers.multi_agent

nothing_to_stop if {
	input.derived.has_tools == false
	not input.derived.code_execution
	not input.peers.multi_agent
}
