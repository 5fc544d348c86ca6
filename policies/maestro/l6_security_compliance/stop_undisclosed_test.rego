package maestro.l6_security_compliance.stop_undisclosed_test

import data.maestro.l6_security_compliance.stop_undisclosed as rule

bad := {
	"derived": {"has_tools": true},
	"orchestration": {"planning": true},
	"tools": [{"id": "crm", "kind": "saas"}],
}

good := {
	"derived": {"has_tools": true},
	"orchestration": {"planning": true},
	"tools": [{"id": "crm", "kind": "saas"}],
	"oversight": {"stop": true},
}

finding := {"facts": [["oversight", "stop"]]}

plans := {"orchestration": {"planning": true}}

test_fires_when_undisclosed if {
	rule.findings == {finding} with input as bad
}

test_fires_when_tools_undisclosed if {
	rule.findings == {finding} with input as plans
}

test_fires_on_whatever_goes_on if {
	rule.findings == {finding} with input as {"derived": {"autonomous": true}}
	rule.findings == {finding} with input as {"oversight": {"acts_alone": true}}
	rule.findings == {finding} with input as {"peers": {"multi_agent": true}}
}

test_fires_when_an_agent_without_tools_runs_code if {
	rule.findings == {finding} with input as object.union(plans, {"derived": {"has_tools": false, "code_execution": true}})
}

test_fires_when_an_agent_without_tools_works_through_others if {
	rule.findings == {finding} with input as {
		"derived": {"has_tools": false},
		"peers": {"multi_agent": true},
	}
}

test_silent_when_it_answers_once if {
	rule.findings == set() with input as json.remove(bad, ["orchestration"])
	rule.findings == set() with input as {"derived": {"autonomous": false, "has_tools": true}}
}

test_silent_when_present if {
	rule.findings == set() with input as good
}

test_silent_when_declared_absent if {
	rule.findings == set() with input as object.union(bad, {"oversight": {"stop": false}})
}

test_silent_when_there_is_nothing_to_stop if {
	rule.findings == set() with input as object.union(plans, {"derived": {"has_tools": false}})
	rule.findings == set() with input as {
		"derived": {"has_tools": false, "code_execution": false, "autonomous": true},
		"peers": {"multi_agent": false},
	}
}
