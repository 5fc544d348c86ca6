package maestro.l7_agent_ecosystem.tool_publisher_unverified_test

import data.maestro.l7_agent_ecosystem.tool_publisher_unverified as rule

bad := {"tools": [{"id": "notes", "kind": "mcp", "publisher_verified": false}]}

good := {"tools": [{"id": "notes", "kind": "mcp", "publisher_verified": true}]}

finding(i, id) := {
	"term": id,
	"facts": [["tools", i, "kind"]],
	"controls": [["tools", i, "publisher_verified"]],
}

test_fires_on_unverified_publisher if {
	rule.findings == {finding(0, "notes")} with input as bad
}

test_fires_when_undisclosed if {
	rule.findings == {finding(1, "draw")} with input as {"tools": [
		{"id": "mail", "kind": "email"},
		{"id": "draw", "kind": "skill"},
	]}
}

test_silent_when_verified if {
	rule.findings == set() with input as good
}

test_silent_on_first_party_kinds if {
	rule.findings == set() with input as {"tools": [{"id": "db", "kind": "database"}]}
}
