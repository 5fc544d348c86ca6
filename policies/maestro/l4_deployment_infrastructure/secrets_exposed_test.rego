package maestro.l4_deployment_infrastructure.secrets_exposed_test

import data.maestro.l4_deployment_infrastructure.secrets_exposed as rule

bad := {"secrets": {"storage": "prompt"}}

good := {"secrets": {"storage": "vault"}}

finding(field, severity) := {"facts": [["secrets", field]], "severity": severity}

test_fires_on_secrets_in_the_prompt if {
	rule.findings == {finding("storage", "high")} with input as bad
}

test_fires_on_every_exposed_store if {
	every storage in ["env", "config", "repo"] {
		rule.findings == {finding("storage", "high")} with input as {"secrets": {"storage": storage}}
	}
}

test_fires_when_secrets_reach_the_model if {
	rule.findings == {finding("reach_model", "high")} with input as {"secrets": {"storage": "vault", "reach_model": true}}
}

test_fires_on_both if {
	rule.findings == {
		finding("storage", "high"),
		finding("reach_model", "high"),
	} with input as {"secrets": {"storage": "env", "reach_model": true}}
}

test_medium_when_the_model_cannot_reach_environment_or_configuration if {
	every storage in ["env", "config"] {
		rule.findings == {finding("storage", "medium")} with input as {"secrets": {
			"storage": storage,
			"reach_model": false,
		}}
	}
}

test_high_in_a_repository_even_when_the_model_cannot_reach_it if {
	rule.findings == {finding("storage", "high")} with input as {"secrets": {"storage": "repo", "reach_model": false}}
}

test_silent_with_a_vault if {
	rule.findings == set() with input as good
}

test_silent_when_secrets_do_not_reach_the_model if {
	rule.findings == set() with input as {"secrets": {"reach_model": false}}
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"secrets": {}}
}
