# METADATA
# title: Persistent memory fed by untrusted content
# description: |
#   What others write can enter memory and steer later sessions long after it was
#   read. Without its source an entry cannot be distrusted; without expiry it never
#   goes away.
# custom:
#   kind: combination
#   layers: [L2, L3]
#   severity: high
#   possible: medium
#   message: Text written by others can settle in lasting memory whose entries are not known to carry their source and to expire.
#   threats: ["Data Poisoning (L2)", "Goal Misalignment Cascades (Cross-Layer)"]
#   references: [ASI06, OWASP-T1, "LLM01:2026", AML.T0080.000, AML.T0094, AML.CS0038, AML.CS0040, AML.M0031, "AICM-1.1 DSP-20", "AICM-1.1 DSP-23", CWE-345, "AISVS C8"]
#   remediation: Tag each entry with source and trust, confirm writes that stem from untrusted content, let entries expire, and allow purge and rollback.
package maestro.cross_layer.memory_poisoning

findings contains finding("provenance", untraced) if {
	exposed
	not input.memory.provenance
}

findings contains finding("expiry", unending) if {
	exposed
	not input.memory.expiry
}

finding(control, severity) := {
	"facts": [["memory", "persistent"], ["derived", "untrusted_input"]],
	"controls": [["memory", control]],
	"severity": severity.confirmed,
	"possible": severity.possible,
}

exposed if {
	input.memory.persistent
	input.derived.untrusted_input
}

acts_alone if {
	input.derived.autonomous
	input.derived.state_change
}

default untraced := {"confirmed": "high", "possible": "medium"}

untraced := {"confirmed": "critical", "possible": "high"} if acts_alone

default unending := {"confirmed": "medium", "possible": "low"}

unending := {"confirmed": "high", "possible": "medium"} if acts_alone
