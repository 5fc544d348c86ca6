package maestro.cross_layer.browser_session_hijack_test

import data.maestro.cross_layer.browser_session_hijack as rule

bad := {
	"derived": {"untrusted_input": true},
	"tools": [{"id": "web", "kind": "browser", "access": ["read"], "authenticated_session": true}],
	"oversight": {"approval": "never"},
}

good := {
	"derived": {"untrusted_input": true},
	"tools": [{"id": "web", "kind": "browser", "access": ["read"], "authenticated_session": false}],
	"oversight": {"approval": "never"},
}

facts(i) := [
	["tools", i, "kind"],
	["tools", i, "authenticated_session"],
	["derived", "untrusted_input"],
]

unapproved(i, id) := {"term": id, "facts": facts(i), "controls": [["oversight", "approval"]]}

approved(i, id) := {"term": id, "facts": facts(i), "severity": "high"}

test_fires_without_approval if {
	rule.findings == {unapproved(0, "web")} with input as bad
}

test_fires_when_approval_is_undisclosed if {
	rule.findings == {unapproved(0, "web")} with input as json.remove(bad, ["oversight"])
}

test_high_with_approval if {
	every approval in ["always", "risky"] {
		rule.findings == {approved(0, "web")} with input as object.union(bad, {"oversight": {"approval": approval}})
	}
}

test_fires_when_approval_is_uninformed if {
	expected := {"term": "web", "facts": facts(0), "controls": [["oversight", "informed_approval"]]}
	every approval in ["always", "risky"] {
		blind := object.union(bad, {"oversight": {"approval": approval, "informed_approval": false}})
		rule.findings == {expected} with input as blind
	}
}

test_high_when_approval_is_informed if {
	informed := object.union(bad, {"oversight": {"approval": "risky", "informed_approval": true}})
	rule.findings == {approved(0, "web")} with input as informed
}

test_fires_on_each_tool if {
	tools := [
		{"id": "mail", "kind": "email", "authenticated_session": true},
		{"id": "web", "kind": "browser", "authenticated_session": true},
		{"id": "desk", "kind": "computer_use", "authenticated_session": true},
	]
	expected := {unapproved(1, "web"), unapproved(2, "desk")}
	rule.findings == expected with input as object.union(bad, {"tools": tools})
}

test_silent_without_the_persons_session if {
	rule.findings == set() with input as good
}

test_silent_when_the_session_is_undisclosed if {
	rule.findings == set() with input as json.remove(bad, ["tools/0/authenticated_session"])
}

test_silent_without_untrusted_input if {
	rule.findings == set() with input as object.union(bad, {"derived": {"untrusted_input": false}})
	rule.findings == set() with input as json.remove(bad, ["derived/untrusted_input"])
}
