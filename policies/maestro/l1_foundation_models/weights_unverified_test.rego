package maestro.l1_foundation_models.weights_unverified_test

import data.maestro.l1_foundation_models.weights_unverified as rule

bad := {"model": {"hosting": "self_hosted", "weights_verified": false}}

good := {"model": {"hosting": "self_hosted", "weights_verified": true}}

self_hosted := {"facts": [["model", "hosting"]], "controls": [["model", "weights_verified"]]}

fine_tuned := {
	"facts": [["model", "fine_tuned"]],
	"controls": [["model", "weights_verified"], ["model", "hosting"]],
}

test_fires_on_self_hosted_weights if {
	rule.findings == {self_hosted} with input as bad
}

test_fires_on_self_hosted_weights_when_check_undisclosed if {
	rule.findings == {self_hosted} with input as {"model": {"hosting": "self_hosted"}}
}

test_fires_on_fine_tuned_weights if {
	rule.findings == {fine_tuned} with input as {"model": {
		"fine_tuned": true,
		"hosting": "on_device",
		"weights_verified": false,
	}}
}

test_fires_on_fine_tuned_weights_when_rest_undisclosed if {
	rule.findings == {fine_tuned} with input as {"model": {"fine_tuned": true}}
}

test_fires_on_both if {
	rule.findings == {fine_tuned, self_hosted} with input as {"model": {"fine_tuned": true, "hosting": "self_hosted"}}
}

test_silent_when_verified if {
	rule.findings == set() with input as good
}

test_silent_when_fine_tuned_weights_verified if {
	rule.findings == set() with input as {"model": {"fine_tuned": true, "weights_verified": true}}
}

test_silent_when_provider_keeps_the_weights if {
	rule.findings == set() with input as {"model": {
		"fine_tuned": true,
		"hosting": "vendor_api",
		"weights_verified": false,
	}}
}

test_silent_when_neither_tuned_nor_self_hosted if {
	rule.findings == set() with input as {"model": {
		"fine_tuned": false,
		"hosting": "on_device",
		"weights_verified": false,
	}}
}

test_silent_when_tuning_and_hosting_undisclosed if {
	rule.findings == set() with input as {"model": {"weights_verified": false}}
}
