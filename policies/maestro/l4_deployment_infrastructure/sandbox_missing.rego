# METADATA
# title: No sandbox around what the agent executes
# description: |
#   The agent works on files, pages or programs, and nothing isolates it from the host.
#   Whoever steers it acts on that host.
# custom:
#   kind: weakness
#   severity: medium
#   message: No sandbox isolates what the agent executes from the host.
#   suppressed_by: [XL/unsandboxed-code-execution]
#   threats: ["Orchestration Attacks (L4)", "Lateral Movement (L4)", "Compromised Container Images (L4)"]
#   references: [ASI05, OWASP-T11, AST06, AML.T0105, "AICM-1.1 AIS-13", "AICM-1.1 I&S-06", "AIUC-1 B008", CWE-653, "AISVS C4"]
#   remediation: Put a sandbox around execution, files and browser, on by default, with nothing mounted that the task does not need.
package maestro.l4_deployment_infrastructure.sandbox_missing

findings contains {"facts": facts, "severity": severity} if {
	input.execution.sandbox.present == false
	count(exposures) > 0
}

facts := array.concat([["execution", "sandbox", "present"]], [exposure | some exposure in exposures])

exposures contains ["derived", "code_execution"] if input.derived.code_execution

exposures contains ["tools", i, "kind"] if {
	some i, tool in input.tools
	tool.kind in {"shell", "code", "interpreter", "filesystem", "browser", "computer_use"}
}

default severity := "medium"

severity := "high" if input.derived.code_execution
