# METADATA
# title: Self-modification without change control
# description: |
#   An agent that can rewrite its own prompt, tools or rules can write its
#   safeguards away, and one injected change stays. Another principal has to approve
#   each change.
# custom:
#   kind: combination
#   layers: [L3, L6]
#   severity: critical
#   possible: high
#   message: The agent can change itself, and nobody else is known to approve such a change.
#   controls: [/self_modification/change_control]
#   threats: ["Framework Evasion (L3)", "Goal Misalignment Cascades (Cross-Layer)", "Data Poisoning through Backdoor Trigger Injection (pattern)"]
#   references: [ASI10, OWASP-T7, AML.T0081, AML.CS0041, "AICM-1.1 CCC-04", "AICM-1.1 CCC-07", "AICM-1.1 AIS-12", "ISO42001 A.6.2.6", CWE-862, "AISVS C3"]
#   remediation: Keep prompts, tools, policy and identity files under version control; let the agent propose and another principal approve; sign and diff.
package maestro.cross_layer.self_modification_uncontrolled

findings contains {"facts": [["self_modification", "allowed"]]} if {
	input.self_modification.allowed
	not input.self_modification.change_control
}
