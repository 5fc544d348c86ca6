# METADATA
# title: Unauthenticated peer can trigger privileged action
# description: |
#   A peer that nobody authenticated can ask the agent to use its own rights. Unless
#   delegation narrows those rights, the asker gets all of them.
# custom:
#   kind: combination
#   layers: [L3, L7]
#   severity: critical
#   possible: high
#   message: Another agent can make this one change things; peers are not known to be authenticated, nor delegated rights to be narrowed.
#   controls: [/peers/mutual_auth, /peers/delegation_limits]
#   threats: ["Agent Impersonation (L7)", "Privilege Escalation (Cross-Layer)", "Communication Channel Attack (pattern)"]
#   references: [ASI07, ASI03, OWASP-T12, OWASP-T16, OWASP-T14, MAS-T40, AML.T0053, "AICM-1.1 IAM-13", "AICM-1.1 IAM-15", CWE-441, CWE-306]
#   remediation: Authenticate both ways, bind each request to the original user's intent and rights, and authorise again at the tool.
package maestro.cross_layer.confused_deputy

findings contains {"facts": [["peers", "multi_agent"], ["derived", "state_change"]]} if {
	input.peers.multi_agent
	input.derived.state_change
	not input.peers.mutual_auth
	not input.peers.delegation_limits

	# of one process nobody can pose as another, and all have the same rights
	not input.peers.in_process
}
