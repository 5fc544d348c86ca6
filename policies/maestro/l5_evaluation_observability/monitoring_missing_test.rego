package maestro.l5_evaluation_observability.monitoring_missing_test

import data.maestro.l5_evaluation_observability.monitoring_missing as rule

bad := {"monitoring": {"alerting": false, "drift": false}}

good := {"monitoring": {"alerting": true, "drift": false}}

finding(severity) := {
	"facts": [["monitoring", "alerting"], ["monitoring", "drift"]],
	"severity": severity,
}

writer := {"derived": {"state_change": true}}

logged := {"monitoring": {"action_log": true}}

test_medium_without_alerts_and_baseline if {
	rule.findings == {finding("medium")} with input as bad
	rule.findings == {finding("medium")} with input as object.union(bad, {"derived": {"state_change": false}})
}

test_medium_when_changes_are_logged if {
	rule.findings == {finding("medium")} with input as object.union(bad, object.union(writer, logged))
}

test_high_when_changes_are_not_known_to_be_logged if {
	rule.findings == {finding("high")} with input as object.union(bad, writer)
	unlogged := {"monitoring": {"action_log": false}}
	rule.findings == {finding("high")} with input as object.union(bad, object.union(writer, unlogged))
}

test_silent_with_alerts if {
	rule.findings == set() with input as good
}

test_silent_when_either_is_there_or_undisclosed if {
	every fact in ["alerting", "drift"] {
		rule.findings == set() with input as object.union(bad, {"monitoring": {fact: true}})
		rule.findings == set() with input as json.remove(bad, [["monitoring", fact]])
	}
}
