# METADATA
# title: Multi-agent behaviour not disclosed
# description: |
#   The agent plans or acts on its own, and nothing says whether other agents are
#   involved. A reader cannot tell whose output it trusts, or who can ask it to act.
# custom:
#   kind: gap
#   severity: low
#   message: Nothing says whether the agent calls, is called by, or spawns other agents.
#   threats: ["Inaccurate Agent Capability Description (L7)"]
#   references: [ASI07, OWASP-T13, "AICM-1.1 DSP-05", "RMF MAP 1.6"]
#   remediation: Say whether the agent calls, is called by, or spawns other agents, and over which protocol.
package maestro.l7_agent_ecosystem.peers_undisclosed

findings contains {"facts": [["peers", "multi_agent"]]} if {
	not input.peers.multi_agent
	not input.peers.multi_agent == false
	delegates
}

# What only answers has no work to give away.
delegates if input.orchestration.planning

delegates if input.orchestration.dynamic_tools

delegates if input.oversight.acts_alone

delegates if input.peers.protocol
