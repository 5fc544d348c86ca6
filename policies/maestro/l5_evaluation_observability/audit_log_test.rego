package maestro.l5_evaluation_observability.audit_log_test

import data.maestro.l5_evaluation_observability.audit_log as rule

# The rule is a strength: it fires on bad, to the agent's credit.
bad := {"monitoring": {
	"action_log": true,
	"attribution": true,
	"integrity": true,
	"export": true,
	"alerting": true,
}}

good := {"monitoring": {
	"action_log": true,
	"attribution": true,
	"integrity": false,
	"export": true,
	"alerting": true,
}}

finding := {"facts": [
	["monitoring", "action_log"],
	["monitoring", "attribution"],
	["monitoring", "integrity"],
	["monitoring", "export"],
	["monitoring", "alerting"],
]}

test_fires_when_the_log_is_complete if {
	rule.findings == {finding} with input as bad
}

test_silent_without_integrity if {
	rule.findings == set() with input as good
}

test_silent_when_one_property_is_missing if {
	every fact, _ in bad.monitoring {
		rule.findings == set() with input as {"monitoring": object.union(bad.monitoring, {fact: false})}
		rule.findings == set() with input as {"monitoring": object.remove(bad.monitoring, {fact})}
	}
}
