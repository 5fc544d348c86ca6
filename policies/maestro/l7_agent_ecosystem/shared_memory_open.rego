# METADATA
# title: Shared memory without access control
# description: |
#   Agents that share memory or a workspace can read what was not meant for them and
#   plant what the others will believe. Isolation per agent keeps one bad peer from
#   reaching all.
# custom:
#   kind: weakness
#   severity: medium
#   possible: low
#   message: Agents share memory or a workspace, and nothing is known to keep their entries apart.
#   controls: [/memory/isolation]
#   threats: ["Data Tampering (L2)", "Data Leakage (Cross-Layer)"]
#   references: [ASI06, OWASP-T1, OWASP-T12, BV-7, MCP10:2025, AML.T0080, "AICM-1.1 I&S-06", "AICM-1.1 IAM-16"]
#   remediation: Give each agent a namespace, record who wrote what, scope reads, and quarantine on anomaly.
package maestro.l7_agent_ecosystem.shared_memory_open

findings contains finding if {
	input.peers.shared_memory
	not input.memory.isolation
	not input.peers.in_process
	finding := {"facts": [["peers", "shared_memory"]], "severity": severity, "possible": possible}
}

default severity := "medium"

severity := "high" if input.peers.external

default possible := "low"

possible := "medium" if input.peers.external
