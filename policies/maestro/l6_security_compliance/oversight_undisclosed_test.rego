package maestro.l6_security_compliance.oversight_undisclosed_test

import data.maestro.l6_security_compliance.oversight_undisclosed as rule

bad := {
	"derived": {"has_tools": true, "state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
}

good := {
	"derived": {"has_tools": true, "state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
	"oversight": {"approval": "risky"},
}

acts(how) := {"facts": [["oversight", "approval"], ["derived", how]], "args": ["can act"]}

may_act := {"facts": [["oversight", "approval"], ["tools", 1, "access"]], "args": ["may be able to act"]}

partly := {
	"derived": {"has_tools": true},
	"tools": [{"id": "wiki", "kind": "saas", "access": ["read"]}, {"id": "crm", "kind": "saas"}],
}

test_fires_when_an_agent_that_changes_things_is_silent if {
	rule.findings == {acts("state_change")} with input as bad
}

test_fires_when_an_agent_that_runs_code_is_silent if {
	rule.findings == {acts("code_execution")} with input as {
		"derived": {"code_execution": true},
		"execution": {"runs_code": true},
	}
}

test_fires_when_the_access_of_a_tool_is_undisclosed if {
	rule.findings == {may_act} with input as partly
}

test_says_that_it_can_act_once_that_is_certain if {
	every how in ["state_change", "code_execution"] {
		rule.findings == {acts(how)} with input as object.union(partly, {"derived": {how: true}})
	}
}

test_silent_when_disclosed if {
	rule.findings == set() with input as good
}

test_silent_when_disclosed_as_none if {
	never := {"oversight": {"approval": "never"}}
	rule.findings == set() with input as object.union(bad, never)
	rule.findings == set() with input as object.union(partly, never)
	rule.findings == set() with input as object.union(never, {"derived": {"code_execution": true}})
}

test_silent_when_all_access_is_to_read if {
	rule.findings == set() with input as {
		"derived": {"has_tools": true, "state_change": false},
		"tools": [{"id": "wiki", "kind": "saas", "access": ["read"], "access_complete": true}],
	}
	rule.findings == set() with input as {
		"derived": {"has_tools": true},
		"tools": [{"id": "wiki", "kind": "saas", "access": ["read"]}],
	}
}

test_silent_when_not_known_to_act if {
	every derived in [{}, {"has_tools": false, "code_execution": false}] {
		rule.findings == set() with input as {"derived": derived}
	}
}
