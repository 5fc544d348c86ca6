# METADATA
# title: Memory never expires and users cannot clear it
# description: |
#   A false or planted memory keeps steering the agent for as long as it is kept. Without
#   expiry and without a view for users, nobody finds or removes it.
# custom:
#   kind: weakness
#   severity: medium
#   possible: low
#   message: The agent keeps memory across sessions and neither expiry nor user control of it is known.
#   controls: [/memory/expiry, /memory/user_control]
#   threats: ["Data Poisoning (L2)"]
#   references: [ASI06, OWASP-T1, AML.T0080.000, AML.M0031, "AICM-1.1 DSP-16", "AISVS C8"]
#   remediation: Give every entry a source, a lifetime and a delete control, and review what is written.
package maestro.l2_data_operations.memory_without_end

findings contains {"facts": [["memory", "persistent"]]} if {
	input.memory.persistent
	not input.memory.expiry
	not input.memory.user_control
	not in_own_files
}

# On the user's own machine it is the user's own files, unless they are said to be
# out of reach.
in_own_files if {
	input.execution.environment == "local_host"
	not input.memory.user_control == false
}
