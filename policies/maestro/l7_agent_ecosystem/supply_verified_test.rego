package maestro.l7_agent_ecosystem.supply_verified_test

import data.maestro.l7_agent_ecosystem.supply_verified as rule

bad := {
	"tools": [
		{"id": "notes", "kind": "mcp", "pinned": true, "signed": true, "publisher_verified": true},
		{"id": "db", "kind": "database"},
	],
	"tools_complete": true,
	"listing": {"card_signed": true},
	"peers": {"multi_agent": false},
}

good := {
	"tools": [
		{"id": "notes", "kind": "mcp", "pinned": true, "signed": false, "publisher_verified": true},
		{"id": "db", "kind": "database"},
	],
	"tools_complete": true,
	"listing": {"card_signed": true},
	"peers": {"multi_agent": false},
}

finding(peer_fact) := {"facts": [
	["tools_complete"],
	["listing", "card_signed"],
	["peers", peer_fact],
	["tools", 0, "pinned"],
	["tools", 0, "signed"],
	["tools", 0, "publisher_verified"],
]}

peers(value) := object.union(json.remove(bad, ["peers"]), {"peers": value})

test_credits_a_verified_supply if {
	rule.findings == {finding("multi_agent")} with input as bad
}

test_credits_authenticated_peers if {
	verified := peers({"multi_agent": true, "mutual_auth": true})
	rule.findings == {finding("mutual_auth")} with input as verified
}

test_silent_on_unauthenticated_peers if {
	rule.findings == set() with input as peers({"multi_agent": true, "mutual_auth": false})
}

test_silent_when_authentication_of_peers_is_undisclosed if {
	rule.findings == set() with input as peers({"multi_agent": true})
}

test_silent_when_peers_are_undisclosed if {
	rule.findings == set() with input as peers({})
}

test_silent_when_a_tool_is_unsigned if {
	rule.findings == set() with input as good
}

test_silent_when_a_leg_is_undisclosed if {
	every leg in [
		"tools/0/pinned",
		"tools/0/signed",
		"tools/0/publisher_verified",
		"tools_complete",
		"listing/card_signed",
	] {
		rule.findings == set() with input as json.remove(bad, [leg])
	}
}

test_silent_when_a_leg_is_declared_absent if {
	every path in ["/tools/0/pinned", "/tools/0/publisher_verified", "/tools_complete", "/listing/card_signed"] {
		declared := json.patch(bad, [{"op": "replace", "path": path, "value": false}])
		rule.findings == set() with input as declared
	}
}

test_silent_when_one_of_several_tools_falls_short if {
	every kind in ["mcp", "skill", "plugin"] {
		added := json.patch(bad, [{"op": "add", "path": "/tools/-", "value": {"id": "b", "kind": kind}}])
		rule.findings == set() with input as added
	}
}

test_silent_without_third_party_tools if {
	rule.findings == set() with input as json.remove(bad, ["tools/0"])
}

test_credits_whatever_its_own_tools_are if {
	own := {"id": "c", "kind": "mcp", "party": "own"}
	added := json.patch(bad, [{"op": "add", "path": "/tools/-", "value": own}])
	rule.findings == {finding("multi_agent")} with input as added
}
