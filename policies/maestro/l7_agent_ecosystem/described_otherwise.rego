# METADATA
# title: Described otherwise than configured
# description: |
#   The profile and a descriptor that it names say something else of the same fact, or one
#   descriptor claims what another one does not configure. The host acts on what is
#   configured; who approved by the words approved another agent.
# custom:
#   kind: weakness
#   severity: high
#   message: "What is declared and what is configured differ in {term}: {args}."
#   threats: ["Inaccurate Agent Capability Description (L7)"]
#   references: [ASI04, ASI09, "EU-AIA 13", "RMF GOVERN 6.1"]
#   remediation: Configure what is declared, or declare what is configured, and approve it anew.
package maestro.l7_agent_ecosystem.described_otherwise

findings contains finding if {
	some c in input.derived.contradictions
	finding := {"term": c.term, "facts": [c.fact], "args": c.said, "severity": severity[c.favours]}
}

# What is said against the agent has deceived nobody in its favour.
severity := {true: "high", false: "low"}
