# METADATA
# title: Sandbox off by default
# description: |
#   Most installations keep the defaults. A sandbox that has to be switched on
#   protects only those who know of it.
# custom:
#   kind: weakness
#   severity: medium
#   message: The agent has a sandbox, but it is off by default.
#   threats: ["Framework Evasion (L3)", "Lateral Movement (L4)"]
#   references: [ASI05, AST06, "AICM-1.1 AIS-13", "AIUC-1 B008", CWE-693]
#   remediation: Make isolation the default; let it be lifted only explicitly, per task, and log it.
package maestro.l4_deployment_infrastructure.sandbox_off_by_default

findings contains {"facts": facts, "severity": severity} if {
	input.execution.sandbox.default_on == false
	input.execution.sandbox.present
	count(exposures) > 0
}

facts := array.concat(declared, [exposure | some exposure in exposures])

declared := [["execution", "sandbox", "present"], ["execution", "sandbox", "default_on"]]

exposures contains ["derived", "code_execution"] if input.derived.code_execution

exposures contains ["tools", i, "kind"] if {
	some i, tool in input.tools
	tool.kind in {"shell", "code", "interpreter", "filesystem", "browser", "computer_use"}
}

# As bad as no sandbox, and never worse.
default severity := "medium"

severity := "high" if input.derived.code_execution
