# METADATA
# title: Sandboxing not disclosed
# description: |
#   Nothing says whether what the agent executes is isolated from the host. A
#   hijacked agent without isolation reaches everything the host reaches.
# custom:
#   kind: gap
#   severity: medium
#   message: Nothing says whether a sandbox isolates what the agent does.
#   threats: ["Orchestration Attacks (L4)", "Lateral Movement (L4)", "Compromised Container Images (L4)"]
#   references: [ASI05, OWASP-T11, AST06, AML.T0105, "AICM-1.1 AIS-13", "AICM-1.1 I&S-06", "AIUC-1 B008", CWE-653, "AISVS C4"]
#   remediation: State the isolation technology, what is mounted, the network policy, the lifetime, and whether it is on by default.
package maestro.l4_deployment_infrastructure.sandbox_undisclosed

findings contains {"facts": [["execution", "sandbox", "present"]], "severity": severity} if {
	not input.execution.sandbox.present
	not input.execution.sandbox.present == false
}

# Undefined where there is nothing to isolate.
severity := "high" if input.derived.code_execution

else := "medium" if {
	some tool in input.tools
	tool.kind in {"shell", "code", "interpreter", "filesystem", "browser", "computer_use"}
}
