# METADATA
# title: People are not told they deal with an AI
# description: |
#   The agent reaches people outside and passes for one of them. That misleads
#   them, and for agents that talk to people the law commonly forbids it.
# custom:
#   kind: weakness
#   severity: medium
#   message: The agent communicates outside and people are not told that it is an AI.
#   references: ["EU-AIA 50", "AIUC-1 E016", ASI09, OWASP-T15, "RMF MEASURE 2.8", "ISO42001 A.8.2"]
#   remediation: Say in outbound messages and calls that an AI is behind them; mark generated content where the law asks for it.
package maestro.l6_security_compliance.ai_disclosure_missing

findings contains {"facts": [["oversight", "ai_disclosure"], ["derived", "external_communication"]]} if {
	input.oversight.ai_disclosure == false
	input.derived.external_communication
}
