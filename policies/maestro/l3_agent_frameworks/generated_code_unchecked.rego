# METADATA
# title: Generated code runs without a check
# description: |
#   Code that the model writes is as trustworthy as everything the model has read.
#   Unchecked, an injected sentence becomes a program that runs.
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   message: The agent acts by writing code, and nothing is known to check the code before it runs.
#   controls: [/orchestration/plan_check]
#   threats: ["Input Validation Attacks (L3)", "Framework Evasion (L3)"]
#   references: [ASI05, OWASP-T11, "LLM10:2026", MCP05:2025, AML.T0050, AML.T0102, "AIUC-1 D003", CWE-94, CWE-95]
#   remediation: Analyse the code or restrict its language before it runs, review privileged paths, and never eval model text.
package maestro.l3_agent_frameworks.generated_code_unchecked

findings contains {"facts": [["orchestration", "codegen"]]} if {
	input.orchestration.codegen
	not input.orchestration.plan_check
}
