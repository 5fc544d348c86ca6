# METADATA
# title: Agent framework not disclosed
# description: |
#   A flaw or a backdoor in an agent framework reaches every agent built on it.
#   Nobody can tell whether this one is affected.
# custom:
#   kind: gap
#   severity: low
#   message: Nothing says which framework, in which version, runs the agent.
#   threats: ["Compromised Framework Components (L3)", "Backdoor Attacks (L3)", "Supply Chain Attacks (L3)"]
#   references: ["LLM04:2026", ASI04, OWASP-T17, MAS-T20, "AICM-1.1 STA-08", "AICM-1.1 TVM-06", AML.T0010.001]
#   remediation: Name the framework, its version and its update policy, or say that it is proprietary and how it is reviewed.
package maestro.l3_agent_frameworks.framework_undisclosed

findings contains {"facts": [["orchestration", "framework"]]} if {
	not input.orchestration.framework
	orchestrated
}

# Without any of these there is no framework whose flaw would matter.
orchestrated if input.orchestration.planning

orchestrated if input.orchestration.codegen

orchestrated if input.orchestration.dynamic_tools

orchestrated if input.peers.multi_agent
