package maestro.l3_agent_frameworks.tool_scopes_excessive_test

import data.maestro.l3_agent_frameworks.tool_scopes_excessive as rule

bad := {"tools": [{"id": "crm", "scopes": ["contacts.*"]}]}

good := {"tools": [{"id": "crm", "scopes": ["contacts.read"]}]}

finding(indices, names) := {"term": names, "facts": [["tools", i, "scopes"] | some i in indices]}

test_fires_on_a_wildcard_scope if {
	rule.findings == {finding([0], "crm")} with input as bad
}

test_fires_on_every_form_of_wide_scope if {
	rule.findings == {finding([0, 1, 2], "files, host, store")} with input as {"tools": [
		{"id": "store", "scopes": ["s3:ListBucket", "s3:*"]},
		{"id": "files", "scopes": ["*"]},
		{"id": "host", "scopes": ["admin"]},
	]}
}

test_a_long_list_is_cut if {
	tools := [{"id": sprintf("tool %d", [i]), "scopes": ["*"]} | some i in numbers.range(1, 100)]
	count(rule.names) == 400 with input as {"tools": tools}
}

test_silent_when_administration_is_the_purpose if {
	rule.findings == set() with input as {"tools": [{"id": "host", "access": ["read", "admin"]}]}
}

test_fires_when_least_privilege_is_declared_absent if {
	rule.findings == {{"facts": [["identity", "least_privilege"]]}} with input as {"identity": {"least_privilege": false}}
}

test_silent_on_narrow_scopes if {
	rule.findings == set() with input as good
}

test_silent_on_scopes_that_only_contain_a_wildcard_or_admin if {
	rule.findings == set() with input as {"tools": [{"id": "crm", "scopes": ["app:*:read", "admin.read", "*.read"]}]}
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"tools": [{"id": "crm"}]}
}

test_silent_with_least_privilege if {
	rule.findings == set() with input as {"identity": {"least_privilege": true}}
}

test_silent_on_wrong_types if {
	rule.findings == set() with input as {
		"identity": {"least_privilege": "false"},
		"tools": [{"id": "crm", "access": "admin", "scopes": "*"}],
	}
}
