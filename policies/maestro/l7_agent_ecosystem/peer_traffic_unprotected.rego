# METADATA
# title: Agent-to-agent traffic not authenticated or not protected
# description: |
#   Without mutual authentication anybody can pose as a peer. Without message
#   integrity a genuine request can be altered or replayed on its way.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: Messages between this agent and its peers are not known to be authenticated both ways and protected against change.
#   threats: ["Agent Impersonation (L7)", "Communication Channel Attack (pattern)", "Identity Attack (pattern)"]
#   references: [ASI07, OWASP-T12, OWASP-T16, OWASP-T9, MAS-T30, MAS-T40, MAS-T41, AML.T0073, "AICM-1.1 IAM-13", "AIUC-1 B008", CWE-306, CWE-345, CWE-319]
#   remediation: Use mutual TLS or signed tokens both ways; sign messages with a nonce, keep strict schemas, and allow peers by name.
package maestro.l7_agent_ecosystem.peer_traffic_unprotected

findings contains finding if {
	traffic
	not input.peers.mutual_auth
	finding := {"facts": [["peers", "multi_agent"]], "controls": [["peers", "mutual_auth"]]}
}

findings contains finding if {
	traffic
	not input.peers.message_integrity
	finding := {"facts": [["peers", "multi_agent"]], "controls": [["peers", "message_integrity"]]}
}

# Within a process there is no traffic.
traffic if {
	input.peers.multi_agent
	not input.peers.in_process
}
