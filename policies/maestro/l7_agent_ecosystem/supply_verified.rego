# METADATA
# title: Tools pinned, signed and from verified publishers
# description: |
#   Every third-party tool is known, fixed to a version and traceable to its
#   publisher. Peers and users can check that they deal with this agent.
# custom:
#   kind: strength
#   severity: credit
#   message: All third-party tools are pinned, signed and from verified publishers, the agent card is signed, and peers are authenticated where there are any.
#   references: [AST02, AST07, "AICM-1.1 STA-08", "AICM-1.1 STA-09", AML.M0013, "AIUC-1 B006"]
#   remediation: Keep it so, and alert when a tool or its description changes.
package maestro.l7_agent_ecosystem.supply_verified

findings contains {"facts": array.concat(agent_facts, tool_facts)} if {
	input.listing.card_signed
	input.tools_complete
	count(third_party) > 0
	every i in third_party {
		input.tools[i].pinned
		input.tools[i].signed
		input.tools[i].publisher_verified
	}
}

third_party contains i if {
	some i, tool in input.tools
	tool.kind in {"mcp", "skill", "plugin"}
	not tool.party == "own"
}

agent_facts := [["tools_complete"], ["listing", "card_signed"], peer_fact]

tool_facts := [["tools", i, fact] |
	some i in third_party
	some fact in ["pinned", "signed", "publisher_verified"]
]

# Undefined while it is open whether there are unauthenticated peers.
peer_fact := ["peers", "mutual_auth"] if input.peers.mutual_auth

else := ["peers", "multi_agent"] if input.peers.multi_agent == false
