package maestro.l7_agent_ecosystem.tool_pinning_undisclosed_test

import data.maestro.l7_agent_ecosystem.tool_pinning_undisclosed as rule

bad := {"tools": [{"id": "notes", "kind": "mcp"}]}

good := {"tools": [{"id": "notes", "kind": "mcp", "pinned": true, "signed": true}]}

finding(i, id, fact) := {"term": id, "facts": [["tools", i, "kind"], ["tools", i, fact]]}

test_fires_when_both_are_undisclosed if {
	rule.findings == {finding(0, "notes", "pinned"), finding(0, "notes", "signed")} with input as bad
}

test_fires_when_pinning_is_undisclosed if {
	rule.findings == {finding(0, "draw", "pinned")} with input as {"tools": [
		{"id": "draw", "kind": "skill", "signed": false},
		{"id": "mail", "kind": "email"},
	]}
}

test_fires_when_signing_is_undisclosed if {
	rule.findings == {finding(1, "lint", "signed")} with input as {"tools": [
		{"id": "mail", "kind": "email"},
		{"id": "lint", "kind": "plugin", "pinned": false},
	]}
}

test_fires_on_each_third_party_kind if {
	tools := [{"id": "a", "kind": "mcp"}, {"id": "b", "kind": "skill"}, {"id": "c", "kind": "plugin"}]
	expected := {finding(i, tool.id, fact) | some i, tool in tools; some fact in ["pinned", "signed"]}
	rule.findings == expected with input as {"tools": tools}
}

test_silent_when_disclosed if {
	rule.findings == set() with input as good
}

test_silent_when_declared_absent if {
	tool := {"id": "notes", "kind": "mcp", "pinned": false, "signed": false}
	rule.findings == set() with input as {"tools": [tool]}
}

test_silent_on_other_kinds if {
	rule.findings == set() with input as {"tools": [{"id": "db", "kind": "database"}]}
}
