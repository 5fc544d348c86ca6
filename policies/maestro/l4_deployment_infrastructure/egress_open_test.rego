package maestro.l4_deployment_infrastructure.egress_open_test

import data.maestro.l4_deployment_infrastructure.egress_open as rule

bad := {"network": {"egress": "open"}}

good := {"network": {"egress": "allowlist"}}

test_fires_when_open if {
	rule.findings == {{"facts": [["network", "egress"]]}} with input as bad
}

test_silent_with_an_allowlist if {
	rule.findings == set() with input as good
}

test_silent_without_a_network if {
	rule.findings == set() with input as {"network": {"egress": "none"}}
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"network": {}}
}
