package maestro.cross_layer.lethal_trifecta_test

import data.maestro.cross_layer.lethal_trifecta as rule

bad := {
	"derived": {"private_data": true, "untrusted_input": true, "external_communication": true},
	"data": {"classes": ["crm"], "ingress": ["web"]},
	"oversight": {"approval": "never"},
	"network": {"egress": "open"},
}

good := {
	"derived": {"private_data": true, "untrusted_input": true},
	"data": {"classes": ["crm"], "ingress": ["web"]},
	"oversight": {"approval": "never"},
	"network": {"egress": "none"},
}

legs := [
	["derived", "private_data"],
	["derived", "untrusted_input"],
	["derived", "external_communication"],
]

unmitigated := {"facts": legs, "controls": [["network", "egress"], ["oversight", "approval"]]}

unrestrained := {"facts": legs, "controls": [["oversight", "approval"]]}

uninformed := {"facts": legs, "controls": [["network", "egress"], ["oversight", "informed_approval"]]}

mitigated(severity) := {"facts": legs, "severity": severity}

with_controls(controls) := object.union(bad, controls)

separation := {"guardrails": {"context_separation": true}}

test_fires_without_mitigation if {
	rule.findings == {unmitigated} with input as bad
}

test_fires_when_mitigations_are_undisclosed if {
	rule.findings == {unmitigated} with input as json.remove(bad, ["oversight", "network"])
}

test_separation_alone_changes_nothing if {
	rule.findings == {unmitigated} with input as with_controls(separation)
}

test_high_with_approval if {
	every approval in ["always", "risky"] {
		approved := with_controls({"oversight": {"approval": approval}})
		rule.findings == {mitigated("high")} with input as approved
	}
}

test_high_with_restricted_egress if {
	every egress in ["none", "allowlist"] {
		restricted := with_controls({"network": {"egress": egress}})
		rule.findings == {mitigated("high")} with input as restricted
	}
}

test_uninformed_approval_is_none if {
	every approval in ["always", "risky", "never"] {
		blind := with_controls({"oversight": {"approval": approval, "informed_approval": false}})
		rule.findings == {uninformed} with input as blind
	}
	restricted := with_controls({
		"oversight": {"approval": "always", "informed_approval": false},
		"network": {"egress": "allowlist"},
	})
	rule.findings == {mitigated("high")} with input as restricted
}

test_high_with_informed_approval if {
	approved := with_controls({"oversight": {"approval": "risky", "informed_approval": true}})
	rule.findings == {mitigated("high")} with input as approved
}

restricted_with(tool) := with_controls({"network": {"egress": "allowlist"}, "tools": [tool]})

test_restricted_egress_does_not_hold_back_tools_that_send if {
	every right in ["send", "pay"] {
		tool := {"id": "mail", "kind": "saas", "access": ["read", right]}
		rule.findings == {unrestrained} with input as restricted_with(tool)
		outward := object.union(tool, {"audience": "external"})
		rule.findings == {unrestrained} with input as restricted_with(outward)
	}
}

test_restricted_egress_counts_when_tools_stay_inside if {
	inward := {"id": "chat", "kind": "saas", "access": ["send"], "audience": "internal"}
	rule.findings == {mitigated("high")} with input as restricted_with(inward)
	writer := {"id": "crm", "kind": "saas", "access": ["read", "write"]}
	rule.findings == {mitigated("high")} with input as restricted_with(writer)
}

test_medium_with_both if {
	both := with_controls({"oversight": {"approval": "risky"}, "network": {"egress": "allowlist"}})
	rule.findings == {mitigated("medium")} with input as both
}

test_medium_with_approval_and_separation if {
	both := object.union(separation, {"oversight": {"approval": "risky"}})
	rule.findings == {mitigated("medium")} with input as with_controls(both)
}

test_medium_with_restricted_egress_and_separation if {
	both := object.union(separation, {"network": {"egress": "allowlist"}})
	rule.findings == {mitigated("medium")} with input as with_controls(both)
}

test_silent_when_nothing_can_be_sent if {
	rule.findings == set() with input as good
}

test_silent_when_a_leg_is_missing if {
	every leg in ["private_data", "untrusted_input", "external_communication"] {
		rule.findings == set() with input as object.union(bad, {"derived": {leg: false}})
		rule.findings == set() with input as json.remove(bad, [["derived", leg]])
	}
}
