package maestro.cross_layer.memory_poisoning_test

import data.maestro.cross_layer.memory_poisoning as rule

bad := {
	"derived": {"untrusted_input": true},
	"data": {"ingress": ["web"]},
	"memory": {"persistent": true, "provenance": false, "expiry": false},
}

good := {
	"derived": {"untrusted_input": true},
	"data": {"ingress": ["web"]},
	"memory": {"persistent": true, "provenance": true, "expiry": true},
}

finding(control, severity, possible) := {
	"facts": [["memory", "persistent"], ["derived", "untrusted_input"]],
	"controls": [["memory", control]],
	"severity": severity,
	"possible": possible,
}

both := {
	finding("provenance", "high", "medium"),
	finding("expiry", "medium", "low"),
}

acts_alone := {"derived": {"autonomous": true, "state_change": true}}

test_fires_without_provenance_and_expiry if {
	rule.findings == both with input as bad
}

test_fires_when_controls_are_undisclosed if {
	undisclosed := json.remove(bad, ["memory/provenance", "memory/expiry"])
	rule.findings == both with input as undisclosed
}

test_fires_without_provenance_alone if {
	expiring := object.union(bad, {"memory": {"expiry": true}})
	rule.findings == {finding("provenance", "high", "medium")} with input as expiring
}

test_medium_without_expiry_alone if {
	sourced := object.union(bad, {"memory": {"provenance": true}})
	rule.findings == {finding("expiry", "medium", "low")} with input as sourced
	rule.findings == {finding("expiry", "medium", "low")} with input as json.remove(sourced, ["memory/expiry"])
}

test_high_without_expiry_alone_when_it_acts_alone if {
	sourced := object.union(bad, {"memory": {"provenance": true}})
	rule.findings == {finding("expiry", "high", "medium")} with input as object.union(sourced, acts_alone)
}

test_critical_when_it_acts_alone if {
	expected := {finding("provenance", "critical", "high"), finding("expiry", "high", "medium")}
	rule.findings == expected with input as object.union(bad, acts_alone)
}

test_high_when_it_does_not_act_alone if {
	every power in ["autonomous", "state_change"] {
		rule.findings == both with input as object.union(bad, {"derived": {power: true}})
	}
}

test_silent_with_provenance_and_expiry if {
	rule.findings == set() with input as good
}

test_silent_without_persistent_memory if {
	rule.findings == set() with input as object.union(bad, {"memory": {"persistent": false}})
	rule.findings == set() with input as json.remove(bad, ["memory/persistent"])
}

test_silent_without_untrusted_input if {
	rule.findings == set() with input as object.union(bad, {"derived": {"untrusted_input": false}})
	rule.findings == set() with input as json.remove(bad, ["derived/untrusted_input"])
}
