# METADATA
# title: Whether people are told they deal with an AI is not disclosed
# description: |
#   The agent writes to people outside. They judge a message differently when they
#   know that a machine wrote it, and the law may require telling them.
# custom:
#   kind: gap
#   severity: low
#   message: The agent writes to people, and nothing says whether they are told that it is an AI.
#   references: ["EU-AIA 50", "AIUC-1 E016", ASI09, OWASP-T15, "RMF MEASURE 2.8", "ISO42001 A.8.2"]
#   remediation: State how outbound messages and calls make clear that an AI is behind them.
package maestro.l6_security_compliance.ai_disclosure_undisclosed

findings contains {"facts": [["oversight", "ai_disclosure"], ["tools", i, "access"]]} if {
	not input.oversight.ai_disclosure
	not input.oversight.ai_disclosure == false
	some i, tool in input.tools
	"send" in tool.access
	not tool.audience == "internal"
}
