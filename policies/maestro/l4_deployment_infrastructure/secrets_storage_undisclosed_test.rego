package maestro.l4_deployment_infrastructure.secrets_storage_undisclosed_test

import data.maestro.l4_deployment_infrastructure.secrets_storage_undisclosed as rule

bad := {
	"derived": {"has_tools": true},
	"tools": [{"id": "crm", "kind": "saas"}],
}

good := {
	"derived": {"has_tools": true},
	"secrets": {"storage": "vault"},
	"tools": [{"id": "crm", "kind": "saas"}],
}

test_fires_when_undisclosed if {
	rule.findings == {{"facts": [["secrets", "storage"]]}} with input as bad
}

test_silent_when_disclosed if {
	rule.findings == set() with input as good
}

test_silent_without_tools if {
	rule.findings == set() with input as {"derived": {"has_tools": false}}
}

test_silent_when_tools_are_undisclosed if {
	rule.findings == set() with input as {"secrets": {}}
}
