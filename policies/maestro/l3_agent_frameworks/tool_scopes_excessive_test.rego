package maestro.l3_agent_frameworks.tool_scopes_excessive_test

import data.maestro.l3_agent_frameworks.tool_scopes_excessive as rule

bad := {"tools": [{"id": "crm", "scopes": ["contacts.*"]}]}

good := {"tools": [{"id": "crm", "scopes": ["contacts.read"]}]}

finding(i, id, field) := {"term": id, "facts": [["tools", i, field]]}

test_fires_on_a_wildcard_scope if {
	rule.findings == {finding(0, "crm", "scopes")} with input as bad
}

test_fires_on_every_form_of_wide_scope if {
	rule.findings == {
		finding(0, "store", "scopes"),
		finding(1, "files", "scopes"),
		finding(2, "host", "scopes"),
	} with input as {"tools": [
		{"id": "store", "scopes": ["s3:ListBucket", "s3:*"]},
		{"id": "files", "scopes": ["*"]},
		{"id": "host", "scopes": ["admin"]},
	]}
}

test_fires_on_administrative_access if {
	rule.findings == {finding(1, "host", "access")} with input as {"tools": [
		{"id": "crm", "access": ["read", "write"]},
		{"id": "host", "access": ["read", "admin"]},
	]}
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
		"tools": [{"id": "crm", "access": "admin", "scopes": [7, null]}],
	}
}
