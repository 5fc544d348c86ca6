package maestro.l3_agent_frameworks.tool_access_undisclosed_test

import data.maestro.l3_agent_frameworks.tool_access_undisclosed as rule

bad := {"tools": [{"id": "mail"}]}

good := {"tools": [{"id": "mail", "access": ["read"], "scopes": ["mail.read"]}]}

finding(id, severity, facts) := {"term": id, "facts": facts, "severity": severity}

test_fires_when_access_and_scopes_are_undisclosed if {
	rule.findings == {finding("mail", "medium", [
		["tools", 0, "access"],
		["tools", 0, "scopes"],
	])} with input as bad
}

test_fires_when_only_scopes_are_disclosed if {
	rule.findings == {finding("mail", "medium", [["tools", 0, "access"]])} with input as {"tools": [{
		"id": "mail",
		"scopes": ["mail.read"],
	}]}
}

test_low_when_access_is_open_and_scopes_are_undisclosed if {
	rule.findings == {
		finding("mail", "low", [["tools", 0, "scopes"]]),
		finding("crm", "low", [["tools", 1, "scopes"]]),
	} with input as {"tools": [
		{"id": "mail", "access": ["read"]},
		{"id": "crm", "access": [], "access_complete": false},
	]}
}

test_fires_for_each_tool if {
	rule.findings == {
		finding("mail", "medium", [["tools", 0, "access"], ["tools", 0, "scopes"]]),
		finding("crm", "medium", [["tools", 2, "access"], ["tools", 2, "scopes"]]),
	} with input as {"tools": [
		{"id": "mail"},
		{"id": "db", "access": ["read"], "access_complete": true},
		{"id": "crm"},
	]}
}

test_silent_when_access_and_scopes_are_disclosed if {
	rule.findings == set() with input as good
}

test_silent_when_access_is_complete if {
	rule.findings == set() with input as {"tools": [{"id": "mail", "access": ["read"], "access_complete": true}]}
}

test_silent_when_declared_empty if {
	rule.findings == set() with input as {"tools": [{"id": "mail", "access": [], "scopes": []}]}
}

test_silent_without_tools if {
	rule.findings == set() with input as {"tools": []}
}
