# METADATA
# title: Code execution without a sandbox
# description: |
#   Whoever can steer the model can run commands wherever the agent runs. Without
#   isolation that is the host, its credentials and its network.
# custom:
#   kind: combination
#   layers: [L3, L4]
#   severity: critical
#   possible: high
#   message: The agent executes code and no sandbox is known to contain it.
#   controls: [/execution/sandbox/present]
#   threats: ["Orchestration Attacks (L4)", "Lateral Movement (Cross-Layer)"]
#   references: [ASI05, OWASP-T11, "LLM10:2026", MCP05:2025, AST06, AML.T0050, AML.T0105, "AICM-1.1 AIS-13", CWE-94, CWE-653]
#   remediation: Isolate with a micro-VM, gVisor or a container with seccomp; non-root, no host mounts, egress denied.
package maestro.cross_layer.unsandboxed_code_execution

findings contains {"facts": [["derived", "code_execution"]]} if {
	input.derived.code_execution
	not input.execution.sandbox.present
}
