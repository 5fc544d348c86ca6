package maestro.l7_agent_ecosystem.tool_pinning_undisclosed_test

import data.maestro.l7_agent_ecosystem.tool_pinning_undisclosed as rule

bad := {"tools": [{"id": "notes", "kind": "mcp"}]}

good := {"tools": [{"id": "notes", "kind": "mcp", "pinned": true, "signed": true}]}

finding(i, id, fields) := {"term": id, "facts": [["tools", i, field] | some field in fields]}

test_fires_when_both_are_undisclosed if {
	rule.findings == {finding(0, "notes", ["kind", "pinned", "signed"])} with input as bad
}

test_fires_when_pinning_is_undisclosed if {
	rule.findings == {finding(0, "draw", ["kind", "pinned"])} with input as {"tools": [
		{"id": "draw", "kind": "skill", "signed": false},
		{"id": "mail", "kind": "email"},
	]}
}

test_fires_when_signing_is_undisclosed if {
	rule.findings == {finding(1, "lint", ["kind", "signed"])} with input as {"tools": [
		{"id": "mail", "kind": "email"},
		{"id": "lint", "kind": "plugin", "pinned": false},
	]}
}

test_one_finding_for_each_third_party_kind if {
	tools := [{"id": "a", "kind": "mcp"}, {"id": "b", "kind": "skill"}, {"id": "c", "kind": "plugin"}]
	facts := [["tools", i, field] | some i, _ in tools; some field in ["kind", "pinned", "signed"]]
	rule.findings == {{"term": "a, b, c", "facts": facts}} with input as {"tools": tools}
}

test_a_long_list_is_cut if {
	tools := [{"id": sprintf("tool %d", [i]), "kind": "mcp"} | some i in numbers.range(1, 100)]
	count(rule.names) == 400 with input as {"tools": tools}
}

test_silent_when_disclosed if {
	rule.findings == set() with input as good
}

test_silent_when_declared_absent if {
	tool := {"id": "notes", "kind": "mcp", "pinned": false, "signed": false}
	rule.findings == set() with input as {"tools": [tool]}
}

test_silent_where_the_combination_says_more if {
	every right in ["write", "send", "delete", "execute", "pay", "admin"] {
		tool := {"id": "notes", "kind": "mcp", "access": [right]}
		rule.findings == set() with input as {"tools": [tool]}
	}
}

test_fires_where_the_combination_is_silent if {
	read := {"id": "notes", "kind": "mcp", "access": ["read"]}
	rule.findings == {finding(0, "notes", ["kind", "pinned", "signed"])} with input as {"tools": [read]}
	every control, other in {"pinned": "signed", "signed": "pinned"} {
		power := {"id": "notes", "kind": "mcp", "access": ["write"], control: true}
		count(rule.findings) == 1 with input as {"tools": [power]}
		count(rule.findings) == 0 with input as {"tools": [object.union(power, {other: false})]}
	}
}

test_silent_on_tools_of_its_own_maker if {
	rule.findings == set() with input as {"tools": [{"id": "notes", "kind": "mcp", "party": "own"}]}
}

test_silent_on_other_kinds if {
	rule.findings == set() with input as {"tools": [{"id": "db", "kind": "database"}]}
}
