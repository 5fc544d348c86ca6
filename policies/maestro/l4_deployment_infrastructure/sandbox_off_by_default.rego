# METADATA
# title: Sandbox off by default
# description: |
#   Most installations keep the defaults. A sandbox that has to be switched on
#   protects only those who know of it.
# custom:
#   kind: weakness
#   severity: high
#   message: The agent has a sandbox, but it is off by default.
#   threats: ["Framework Evasion (L3)", "Lateral Movement (L4)"]
#   references: [ASI05, AST06, "AICM-1.1 AIS-13", "AIUC-1 B008", CWE-693]
#   remediation: Make isolation the default; let it be lifted only explicitly, per task, and log it.
package maestro.l4_deployment_infrastructure.sandbox_off_by_default

findings contains {"facts": [["execution", "sandbox", "present"], ["execution", "sandbox", "default_on"]]} if {
	input.execution.sandbox.default_on == false
	input.execution.sandbox.present
}
