package maestro.cross_layer.unpinned_powerful_tool_test

import data.maestro.cross_layer.unpinned_powerful_tool as rule

bad := {"tools": [{"id": "notes", "kind": "mcp", "access": ["write"], "pinned": false, "signed": false}]}

good := {"tools": [{"id": "notes", "kind": "mcp", "access": ["write"], "pinned": true, "signed": false}]}

finding(i, id) := {
	"term": id,
	"facts": [["tools", i, "kind"], ["tools", i, "access"]],
	"controls": [["tools", i, "pinned"], ["tools", i, "signed"]],
}

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

test_fires_once_per_tool_on_each_power if {
	tools := [
		{"id": "a", "kind": "mcp", "access": ["write", "send", "delete"]},
		{"id": "b", "kind": "skill", "access": ["execute", "admin"]},
	]
	rule.findings == {finding(0, "a"), finding(1, "b")} with input as {"tools": tools}
	every right in ["write", "send", "delete", "execute", "pay", "admin"] {
		rule.findings == {finding(0, "a")} with input as {"tools": [{"id": "a", "kind": "mcp", "access": [right]}]}
	}
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
