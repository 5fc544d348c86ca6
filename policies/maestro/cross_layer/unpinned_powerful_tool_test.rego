package maestro.cross_layer.unpinned_powerful_tool_test

import data.maestro.cross_layer.unpinned_powerful_tool as rule

bad := {"tools": [{"id": "notes", "kind": "mcp", "access": ["write"], "pinned": false, "signed": false}]}

good := {"tools": [{"id": "notes", "kind": "mcp", "access": ["write"], "pinned": true, "signed": false}]}

listing(indices, names, worst) := {
	"term": names,
	"facts": [["tools", i, field] | some i in indices; some field in ["kind", "access"]],
	"controls": [["tools", i, control] | some i in worst; some control in ["pinned", "signed"]],
}

finding(i, id) := listing([i], id, [i])

test_fires_when_neither_pinned_nor_signed if {
	rule.findings == {finding(0, "notes")} with input as bad
}

test_fires_when_undisclosed if {
	rule.findings == {finding(1, "lint")} with input as {"tools": [
		{"id": "mail", "kind": "email", "access": ["send"]},
		{"id": "lint", "kind": "plugin", "access": ["read", "execute"]},
	]}
}

test_fires_on_each_third_party_kind if {
	every kind in ["mcp", "skill", "plugin"] {
		rule.findings == {finding(0, "a")} with input as {"tools": [{"id": "a", "kind": kind, "access": ["pay"]}]}
	}
}

test_one_finding_for_all_tools_with_each_power if {
	tools := [
		{"id": "a", "kind": "mcp", "access": ["write", "send", "delete"]},
		{"id": "b", "kind": "skill", "access": ["execute", "admin"]},
	]
	rule.findings == {listing([0, 1], "a, b", [0, 1])} with input as {"tools": tools}
	every right in ["write", "send", "delete", "execute", "pay", "admin"] {
		rule.findings == {finding(0, "a")} with input as {"tools": [{"id": "a", "kind": "mcp", "access": [right]}]}
	}
}

test_what_is_declared_decides_for_all if {
	power := {"kind": "mcp", "access": ["write"]}
	tools := [
		object.union(power, {"id": "a", "pinned": false, "signed": false}),
		object.union(power, {"id": "b"}),
		object.union(power, {"id": "c", "signed": false}),
		object.union(power, {"id": "d", "pinned": false}),
	]
	rule.findings == {listing([0, 1, 2, 3], "a, b, c, d", [0])} with input as {"tools": tools}
}

test_what_is_not_listed_decides_nothing if {
	tools := [
		{"id": "a", "kind": "mcp", "access": ["write"]},
		{"id": "b", "kind": "mcp", "access": ["write"], "party": "own", "pinned": false, "signed": false},
	]
	rule.findings == {finding(0, "a")} with input as {"tools": tools}
}

test_a_long_list_is_cut if {
	tools := [{"id": sprintf("tool %d", [i]), "kind": "mcp", "access": ["pay"]} | some i in numbers.range(1, 100)]
	count(rule.names) == 400 with input as {"tools": tools}
}

test_silent_on_tools_of_its_own_maker if {
	own := [{"id": "notes", "kind": "mcp", "access": ["write"], "party": "own"}]
	rule.findings == set() with input as {"tools": own}
}

test_silent_when_pinned if {
	rule.findings == set() with input as good
}

test_silent_when_signed if {
	signed := [{"id": "notes", "kind": "mcp", "access": ["write"], "pinned": false, "signed": true}]
	rule.findings == set() with input as {"tools": signed}
}

test_silent_when_read_only if {
	rule.findings == set() with input as {"tools": [{"id": "notes", "kind": "mcp", "access": ["read"]}]}
}

test_silent_when_access_is_undisclosed if {
	rule.findings == set() with input as {"tools": [{"id": "notes", "kind": "mcp"}]}
}

test_silent_on_other_kinds if {
	rule.findings == set() with input as {"tools": [{"id": "db", "kind": "database", "access": ["write"]}]}
}
