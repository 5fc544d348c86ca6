# METADATA
# title: Delegation without limits
# description: |
#   Work handed from agent to agent keeps the rights it started with, or gathers
#   more. Without a depth limit and a breaker one bent goal or error spreads through
#   all of them.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: Delegation between agents is not known to narrow rights, limit depth or break on errors.
#   controls: [/peers/delegation_limits]
#   threats: ["Privilege Escalation (Cross-Layer)", "Goal Misalignment Cascades (Cross-Layer)", "Compromise of Higher-Level Agent to Control Subordinates (pattern)"]
#   references: [ASI03, ASI08, OWASP-T3, OWASP-T5, BV-11, AML.T0084.003, "AICM-1.1 IAM-10", CWE-441]
#   remediation: Pass narrower rights on each hop, cap depth and fan-out, break on error bursts, and keep an independent observer.
package maestro.l7_agent_ecosystem.delegation_unlimited

findings contains {"facts": [["peers", "multi_agent"]]} if {
	input.peers.multi_agent
	not input.peers.delegation_limits
}
