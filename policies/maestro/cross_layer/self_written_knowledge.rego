# METADATA
# title: Agent acts on knowledge it wrote itself
# description: |
#   An error the agent once wrote down comes back to it as a source. Acting on it
#   confirms it, and the error grows with every round.
# custom:
#   kind: combination
#   layers: [L2, L3, L6]
#   severity: high
#   possible: medium
#   message: The agent writes the knowledge it later acts on; neither a check of it nor informed approval of every action is known.
#   threats: ["Compromised RAG Pipelines (L2)", "Goal Misalignment Cascades (Cross-Layer)"]
#   references: [ASI08, ASI06, OWASP-T5, "LLM07:2026", "LLM09:2026", AML.T0071, "AICM-1.1 DSP-20", "AIUC-1 D001"]
#   remediation: Keep model-written text out of the authoritative index; mark it, let it expire, and require an independent source before acting.
package maestro.cross_layer.self_written_knowledge

findings contains finding if {
	input.rag.agent_writes
	input.derived.state_change
	not input.rag.source_vetting
	not approved
	finding := {
		"facts": [["rag", "agent_writes"], ["derived", "state_change"]],
		"controls": [["rag", "source_vetting"], approval],
	}
}

approved if {
	input.oversight.approval == "always"
	not uninformed
}

# Approval by somebody who does not see or cannot judge the action is none.
uninformed if input.oversight.informed_approval == false

default approval := ["oversight", "approval"]

approval := ["oversight", "informed_approval"] if uninformed
