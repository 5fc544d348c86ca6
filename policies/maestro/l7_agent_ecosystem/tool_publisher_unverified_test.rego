package maestro.l7_agent_ecosystem.tool_publisher_unverified_test

import data.maestro.l7_agent_ecosystem.tool_publisher_unverified as rule

bad := {"tools": [{"id": "notes", "kind": "mcp", "publisher_verified": false}]}

good := {"tools": [{"id": "notes", "kind": "mcp", "publisher_verified": true}]}

listing(indices, names, worst) := {
	"term": names,
	"facts": [["tools", i, "kind"] | some i in indices],
	"controls": [["tools", i, "publisher_verified"] | some i in worst],
}

test_fires_on_unverified_publisher if {
	rule.findings == {listing([0], "notes", [0])} with input as bad
}

test_fires_when_undisclosed if {
	rule.findings == {listing([1], "draw", [1])} with input as {"tools": [
		{"id": "mail", "kind": "email"},
		{"id": "draw", "kind": "skill"},
	]}
}

test_one_finding_for_all_tools if {
	tools := [{"id": "b", "kind": "plugin"}, {"id": "a", "kind": "mcp"}]
	rule.findings == {listing([0, 1], "a, b", [0, 1])} with input as {"tools": tools}
}

test_what_is_declared_decides_for_all if {
	tools := [{"id": "a", "kind": "mcp"}, {"id": "b", "kind": "skill", "publisher_verified": false}]
	rule.findings == {listing([0, 1], "a, b", [1])} with input as {"tools": tools}
}

test_what_is_not_listed_decides_nothing if {
	tools := [{"id": "a", "kind": "mcp"}, {"id": "b", "kind": "saas", "publisher_verified": false}]
	rule.findings == {listing([0], "a", [0])} with input as {"tools": tools}
}

test_a_long_list_is_cut if {
	tools := [{"id": sprintf("tool %d", [i]), "kind": "mcp"} | some i in numbers.range(1, 100)]
	count(rule.names) == 400 with input as {"tools": tools}
}

test_silent_when_verified if {
	rule.findings == set() with input as good
}

test_silent_on_tools_of_its_own_maker if {
	rule.findings == set() with input as {"tools": [{"id": "notes", "kind": "mcp", "party": "own"}]}
}

test_silent_on_first_party_kinds if {
	rule.findings == set() with input as {"tools": [{"id": "db", "kind": "database"}]}
}
