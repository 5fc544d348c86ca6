package maestro.l6_security_compliance.ai_disclosure_undisclosed_test

import data.maestro.l6_security_compliance.ai_disclosure_undisclosed as rule

bad := {"tools": [{"id": "mail", "kind": "email", "access": ["read", "send"]}]}

good := {
	"tools": [{"id": "mail", "kind": "email", "access": ["read", "send"]}],
	"oversight": {"ai_disclosure": true},
}

finding(i) := {"facts": [["oversight", "ai_disclosure"], ["tools", i, "access"]]}

test_fires_when_undisclosed if {
	rule.findings == {finding(0)} with input as bad
}

test_fires_for_each_tool_that_sends if {
	rule.findings == {finding(0), finding(2)} with input as {"tools": [
		{"id": "mail", "kind": "email", "access": ["send"]},
		{"id": "crm", "kind": "saas", "access": ["read", "write"]},
		{"id": "phone", "kind": "saas", "access": ["send"], "audience": "external"},
	]}
}

test_silent_when_told if {
	rule.findings == set() with input as good
}

test_silent_when_declared_untold if {
	rule.findings == set() with input as {
		"tools": [{"id": "mail", "kind": "email", "access": ["send"]}],
		"oversight": {"ai_disclosure": false},
	}
}

test_silent_when_only_colleagues_are_reached if {
	rule.findings == set() with input as {"tools": [{"id": "chat", "kind": "saas", "access": ["send"], "audience": "internal"}]}
}

test_silent_when_nothing_is_sent if {
	rule.findings == set() with input as {
		"tools": [{"id": "web", "kind": "browser", "access": ["read"]}],
		"network": {"egress": "open"},
	}
}
