package maestro.l1_foundation_models.model_version_floats_test

import data.maestro.l1_foundation_models.model_version_floats as rule

bad := {"model": {"version_pinned": false, "change_notice": false}}

good := {"model": {"version_pinned": false, "change_notice": true}}

finding := {"facts": [["model", "version_pinned"]]}

test_fires_without_pin_and_notice if {
	rule.findings == {finding} with input as bad
}

test_fires_when_notice_undisclosed if {
	rule.findings == {finding} with input as {"model": {"version_pinned": false}}
}

test_silent_with_notice if {
	rule.findings == set() with input as good
}

test_silent_when_pinned if {
	rule.findings == set() with input as {"model": {"version_pinned": true, "change_notice": false}}
}

test_silent_when_pin_undisclosed if {
	rule.findings == set() with input as {"model": {"change_notice": false}}
}

test_silent_when_pin_is_not_a_boolean if {
	rule.findings == set() with input as {"model": {"version_pinned": "false"}}
}
