# METADATA
# title: Opaque agent with far-reaching capability
# description: |
#   The agent holds private data and can act on it, while for most layers nothing at
#   all is disclosed. What is not known cannot be judged safe.
# custom:
#   kind: combination
#   layers: [L2, L3, L7]
#   severity: high
#   message: Little is disclosed about this agent, yet it reaches private data and can act.
#   threats: ["Inaccurate Agent Capability Description (L7)", "Supply Chain Attacks (Cross-Layer)"]
#   references: [ASI04, ASI09, "AICM-1.1 STA-10", "AICM-1.1 STA-13", "AIUC-1 E006", "AIUC-1 E014", "RMF GOVERN 6.1", "EU-AIA 13"]
#   remediation: "Treat it as untrusted: pilot with synthetic data, read-only scopes and a tenant of its own; send the vendor the open questions."
package maestro.cross_layer.opaque_capable_agent

findings contains {"facts": [["derived", "private_data"], ["derived", "code_execution"]]} if {
	opaque
	input.derived.private_data
	input.derived.code_execution
}

findings contains {"facts": [["derived", "private_data"], ["derived", "state_change"]]} if {
	opaque
	input.derived.private_data
	input.derived.state_change
}

opaque if input.derived.unpinned_layers >= 4
