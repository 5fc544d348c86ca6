package maestro.cross_layer.attestation_without_controls_test

import data.maestro.cross_layer.attestation_without_controls as rule

bad := {"compliance": {"certifications": [{"id": "soc2"}, {"id": "iso27001"}]}}

good := {
	"compliance": {"certifications": [{"id": "soc2"}, {"id": "iso27001"}]},
	"monitoring": {"action_log": true},
}

finding := {
	"facts": [
		["compliance", "certifications", 0, "id"],
		["compliance", "certifications", 1, "id"],
		["execution", "sandbox", "present"],
		["monitoring", "action_log"],
		["oversight", "approval"],
	],
	"args": ["soc2", "iso27001"],
}

test_fires_once_when_controls_are_undisclosed if {
	rule.findings == {finding} with input as bad
}

test_silent_when_the_log_is_disclosed if {
	rule.findings == set() with input as good
}

test_silent_when_any_control_is_disclosed if {
	every disclosed in [
		{"execution": {"sandbox": {"present": true}}},
		{"execution": {"sandbox": {"present": false}}},
		{"monitoring": {"action_log": true}},
		{"monitoring": {"action_log": false}},
		{"oversight": {"approval": "never"}},
	] {
		rule.findings == set() with input as object.union(bad, disclosed)
	}
}

test_silent_without_attestation if {
	rule.findings == set() with input as {}
	rule.findings == set() with input as {"compliance": {"certifications": []}}
}
