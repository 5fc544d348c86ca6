# METADATA
# title: Agent-level evaluation not disclosed
# description: |
#   A tested model does not make a tested agent: tools, memory and prompts add
#   failures of their own. Nothing says whether anybody looked for them.
# custom:
#   kind: gap
#   severity: medium
#   message: It is open whether the agent itself was evaluated or red-teamed.
#   threats: ["Manipulation of Evaluation Metrics (L5)"]
#   references: ["AIUC-1 B001", "AIUC-1 C002", "AIUC-1 D004", "AICM-1.1 TVM-07", "AICM-1.1 AIS-05", "AICM-1.1 MDS-06", "RMF MEASURE 2.1", "RMF MEASURE 2.7", "EU-AIA 15", "ISO42001 A.6.2.4", "AISVS C11"]
#   remediation: Publish a test of the agent with scope, date and results for injection and tool abuse, and say when it is repeated.
package maestro.l5_evaluation_observability.evaluation_undisclosed

findings contains {"facts": facts} if {
	not input.evaluation.agent_level
	not input.evaluation.red_team
	not input.evaluation.independent
	count(facts) > 0
}

facts := [fact | some fact in undisclosed]

# What the body above leaves is declared missing or undisclosed.
undisclosed contains ["evaluation", "agent_level"] if not input.evaluation.agent_level == false

undisclosed contains ["evaluation", "red_team"] if not input.evaluation.red_team == false
