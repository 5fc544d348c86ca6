package maestro.l3_agent_frameworks.tool_access_undisclosed_test

import data.maestro.l3_agent_frameworks.tool_access_undisclosed as rule

bad := {"tools": [{"id": "mail"}]}

good := {"tools": [{"id": "mail", "access": ["read"]}]}

finding(indices, names) := {"term": names, "facts": [["tools", i, "access"] | some i in indices]}

test_fires_when_access_is_undisclosed if {
	rule.findings == {finding([0], "mail")} with input as bad
}

test_fires_when_only_scopes_are_disclosed if {
	rule.findings == {finding([0], "mail")} with input as {"tools": [{"id": "mail", "scopes": ["mail.read"]}]}
}

test_one_finding_for_all_tools if {
	rule.findings == {finding([0, 2], "crm, mail")} with input as {"tools": [
		{"id": "mail"},
		{"id": "db", "access": ["read"]},
		{"id": "crm"},
	]}
}

test_a_long_list_is_cut if {
	tools := [{"id": sprintf("tool %d", [i])} | some i in numbers.range(1, 100)]
	count(rule.names) == 400 with input as {"tools": tools}
}

test_silent_when_access_is_disclosed if {
	rule.findings == set() with input as good
}

test_silent_when_declared_empty if {
	rule.findings == set() with input as {"tools": [{"id": "mail", "access": []}]}
}

test_silent_without_tools if {
	rule.findings == set() with input as {"tools": []}
}
