# METADATA
# title: Agent was neither evaluated nor red-teamed
# description: |
#   A tested model does not make a tested agent: tools, memory and prompts add failures
#   of their own. Nobody has looked for them.
# custom:
#   kind: weakness
#   severity: medium
#   message: Nobody evaluated or red-teamed the agent itself.
#   threats: ["Manipulation of Evaluation Metrics (L5)"]
#   references: ["AIUC-1 B001", "AIUC-1 C002", "AIUC-1 D004", "AICM-1.1 TVM-07", "AICM-1.1 AIS-05", "AICM-1.1 MDS-06", "RMF MEASURE 2.1", "RMF MEASURE 2.7", "EU-AIA 15", "ISO42001 A.6.2.4", "AISVS C11"]
#   remediation: Test the agent with its tools connected, attack it with planted instructions, fix what breaks, and repeat this on every change.
package maestro.l5_evaluation_observability.evaluation_missing

findings contains {"facts": [["evaluation", "agent_level"], ["evaluation", "red_team"]]} if {
	input.evaluation.agent_level == false
	input.evaluation.red_team == false
	not input.evaluation.independent
}
