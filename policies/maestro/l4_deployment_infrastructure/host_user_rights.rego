# METADATA
# title: Runs on the user's machine with the user's rights
# description: |
#   Everything the user can open, the agent can open, such as keys, browser profiles
#   and other accounts. One injected instruction reaches all of it.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: The agent runs on a local machine with the rights of its user or more, and no sandbox is known to contain it.
#   controls: [/execution/sandbox/present]
#   threats: ["Lateral Movement (L4)", "Privilege Escalation (Cross-Layer)"]
#   references: [ASI05, ASI03, AST06, MAS-T45, AML.T0112.000, "AICM-1.1 UEM-05", CWE-250]
#   remediation: Run it under an account of its own or in a container; deny key stores, browser profiles and agent identity files.
package maestro.l4_deployment_infrastructure.host_user_rights

findings contains {"facts": [["execution", "environment"], ["execution", "host_privilege"]]} if {
	input.execution.environment == "local_host"
	input.execution.host_privilege in {"user", "admin", "root"}
	not input.execution.sandbox.present
}
