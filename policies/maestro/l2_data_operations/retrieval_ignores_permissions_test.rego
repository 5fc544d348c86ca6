package maestro.l2_data_operations.retrieval_ignores_permissions_test

import data.maestro.l2_data_operations.retrieval_ignores_permissions as rule

bad := {"rag": {"used": true, "permission_aware": false}}

good := {"rag": {"used": true, "permission_aware": true}}

finding := {"facts": [["rag", "used"]]}

test_fires_without_permissions if {
	rule.findings == {finding} with input as bad
}

test_fires_when_permissions_undisclosed if {
	rule.findings == {finding} with input as {"rag": {"used": true}}
}

test_fires_with_customer_data if {
	rule.findings == {finding} with input as object.union(bad, {"derived": {"customer_data": true}})
}

test_silent_when_permission_aware if {
	rule.findings == set() with input as good
}

test_silent_when_all_data_is_public_or_its_own if {
	rule.findings == set() with input as object.union(bad, {"derived": {"customer_data": false}})
}

test_silent_without_retrieval if {
	rule.findings == set() with input as {"rag": {"used": false, "permission_aware": false}}
}

test_silent_when_retrieval_undisclosed if {
	rule.findings == set() with input as {"rag": {"permission_aware": false}}
}

test_silent_with_the_rights_of_the_caller if {
	rule.findings == set() with input as {
		"identity": {"acts_as": "user_delegated"},
		"rag": {"used": true},
	}
}

test_fires_with_the_rights_of_another if {
	rule.findings == {finding} with input as {
		"identity": {"acts_as": "agent_principal"},
		"rag": {"used": true},
	}
	rule.findings == {finding} with input as object.union(bad, {"identity": {"acts_as": "user_delegated"}})
}
