# METADATA
# title: Control interface on the public network without authentication
# description: |
#   Anybody who finds the address can command the agent and its tools. Such
#   interfaces are found by scanning, not by guessing.
# custom:
#   kind: combination
#   layers: [L4, L6]
#   severity: critical
#   possible: high
#   message: A control interface is open to the public network, and callers are not known to be authenticated.
#   controls: [/identity/caller_auth]
#   threats: ["Orchestration Attacks (L4)", "Agent Identity Attack (L7)"]
#   references: [MCP07:2025, MAS-T43, ASI03, AML.T0049, AML.CS0048, AML.CS0050, "AICM-1.1 IAM-13", "AICM-1.1 I&S-03", "AIUC-1 B008", CWE-306]
#   remediation: Bind to loopback, require strong authentication and origin checks, limit rates, and rotate anything that was exposed.
package maestro.cross_layer.public_control_interface

findings contains {"facts": facts} if {
	unauthenticated
	input.derived.has_tools
}

# Where it is open whether there are tools, that is one more thing to disclose.
findings contains {"facts": facts, "controls": controls} if {
	unauthenticated
	not input.derived.has_tools
	not input.derived.has_tools == false
}

unauthenticated if {
	input.network.ingress_public
	not input.identity.caller_auth
}

facts := [["network", "ingress_public"], ["identity", "caller_auth"], ["derived", "has_tools"]]

controls := [["identity", "caller_auth"], ["tools"], ["tools_complete"]]
