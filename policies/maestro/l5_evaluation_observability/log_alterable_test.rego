package maestro.l5_evaluation_observability.log_alterable_test

import data.maestro.l5_evaluation_observability.log_alterable as rule

bad := {"monitoring": {"integrity": false}}

good := {"monitoring": {"integrity": true}}

test_fires_when_declared_alterable if {
	rule.findings == {{"facts": [["monitoring", "integrity"]]}} with input as bad
}

test_silent_with_integrity if {
	rule.findings == set() with input as good
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"monitoring": {"action_log": true}}
}
