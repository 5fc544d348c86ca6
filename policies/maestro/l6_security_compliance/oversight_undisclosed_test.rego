package maestro.l6_security_compliance.oversight_undisclosed_test

import data.maestro.l6_security_compliance.oversight_undisclosed as rule

bad := {
	"derived": {"has_tools": true},
	"tools": [{"id": "crm", "kind": "saas"}],
}

good := {
	"derived": {"has_tools": true},
	"tools": [{"id": "crm", "kind": "saas"}],
	"oversight": {"approval": "risky"},
}

tools := {"facts": [["oversight", "approval"], ["derived", "has_tools"]]}

code := {"facts": [["oversight", "approval"], ["derived", "code_execution"]]}

test_fires_when_an_agent_with_tools_is_silent if {
	rule.findings == {tools} with input as bad
}

test_fires_when_an_agent_that_runs_code_is_silent if {
	rule.findings == {code} with input as {
		"derived": {"code_execution": true},
		"execution": {"runs_code": true},
	}
}

test_silent_when_disclosed if {
	rule.findings == set() with input as good
}

test_silent_when_disclosed_as_none if {
	rule.findings == set() with input as {
		"derived": {"has_tools": true, "code_execution": true},
		"oversight": {"approval": "never"},
	}
}

test_silent_when_not_known_to_act if {
	every derived in [{}, {"has_tools": false, "code_execution": false}] {
		rule.findings == set() with input as {"derived": derived}
	}
}
