# METADATA
# title: Agent tested by an independent party
# description: |
#   Somebody other than the vendor tried to break the agent, not only its model,
#   and the result can be read.
# custom:
#   kind: strength
#   severity: credit
#   message: An independent party tested the agent itself and the result is available.
#   references: ["AIUC-1 B001", "AIUC-1 C010", "AIUC-1 D004", "AICM-1.1 TVM-07", "RMF MEASURE 2.7"]
#   remediation: Keep it up; show what was fixed and test again.
package maestro.l5_evaluation_observability.independent_evaluation

findings contains {"facts": [["evaluation", "independent"], ["evaluation", "agent_level"]]} if {
	input.evaluation.independent
	input.evaluation.agent_level
}

findings contains {"facts": [["evaluation", "independent"], ["evaluation", "red_team"]]} if {
	input.evaluation.independent
	input.evaluation.red_team
}
