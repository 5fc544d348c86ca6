package maestro.l6_security_compliance.stop_undisclosed_test

import data.maestro.l6_security_compliance.stop_undisclosed as rule

bad := {
	"derived": {"has_tools": true},
	"tools": [{"id": "crm", "kind": "saas"}],
}

good := {
	"derived": {"has_tools": true},
	"tools": [{"id": "crm", "kind": "saas"}],
	"oversight": {"stop": true},
}

finding := {"facts": [["oversight", "stop"]]}

test_fires_when_undisclosed if {
	rule.findings == {finding} with input as bad
}

test_fires_when_tools_undisclosed if {
	rule.findings == {finding} with input as {}
}

test_fires_when_an_agent_without_tools_runs_code if {
	rule.findings == {finding} with input as {"derived": {"has_tools": false, "code_execution": true}}
}

test_fires_when_an_agent_without_tools_works_through_others if {
	rule.findings == {finding} with input as {
		"derived": {"has_tools": false},
		"peers": {"multi_agent": true},
	}
}

test_silent_when_present if {
	rule.findings == set() with input as good
}

test_silent_when_declared_absent if {
	rule.findings == set() with input as {"oversight": {"stop": false}}
}

test_silent_when_there_is_nothing_to_stop if {
	rule.findings == set() with input as {"derived": {"has_tools": false}}
	rule.findings == set() with input as {
		"derived": {"has_tools": false, "code_execution": false},
		"peers": {"multi_agent": false},
	}
}
