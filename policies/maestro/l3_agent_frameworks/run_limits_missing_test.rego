package maestro.l3_agent_frameworks.run_limits_missing_test

import data.maestro.l3_agent_frameworks.run_limits_missing as rule

bad := {
	"derived": {"has_tools": true},
	"orchestration": {"limits": {"steps": false, "time": false, "budget": false}},
	"tools": [{"id": "crm", "kind": "saas"}],
}

good := {
	"derived": {"has_tools": true},
	"orchestration": {"limits": {"steps": true, "time": false, "budget": false}},
	"tools": [{"id": "crm", "kind": "saas"}],
}

limits := [
	["orchestration", "limits", "steps"],
	["orchestration", "limits", "time"],
	["orchestration", "limits", "budget"],
]

none := {"limits": {"steps": false, "time": false, "budget": false}}

finding(exposure) := {"facts": [["derived", exposure]], "controls": limits}

test_fires_on_tools_without_limits if {
	rule.findings == {finding("has_tools")} with input as bad
}

test_fires_on_tools_when_limits_are_undisclosed if {
	rule.findings == {finding("has_tools")} with input as {"derived": {"has_tools": true}}
}

test_fires_on_code_execution_without_tools if {
	rule.findings == {finding("code_execution")} with input as {
		"derived": {"has_tools": false, "code_execution": true},
		"orchestration": {"limits": {"steps": false}},
	}
}

test_fires_when_declared_unlimited_and_capabilities_are_uncertain if {
	rule.findings == {{"facts": limits}} with input as {"orchestration": none}
	rule.findings == {{"facts": limits}} with input as {"derived": {"has_tools": false}, "orchestration": none}
	rule.findings == {{"facts": limits}} with input as {"derived": {"code_execution": false}, "orchestration": none}
}

test_silent_with_a_limit_on_steps if {
	rule.findings == set() with input as good
}

test_silent_with_a_limit_on_time if {
	rule.findings == set() with input as {
		"derived": {"has_tools": true},
		"orchestration": {"limits": {"time": true}},
	}
}

test_silent_with_a_limit_on_spend if {
	rule.findings == set() with input as {
		"derived": {"has_tools": true},
		"orchestration": {"limits": {"budget": true}},
	}
}

test_silent_when_certainly_without_tools_and_code if {
	rule.findings == set() with input as {
		"derived": {"has_tools": false, "code_execution": false},
		"orchestration": none,
	}
}

test_silent_when_capabilities_and_a_limit_are_undisclosed if {
	rule.findings == set() with input as {}
	rule.findings == set() with input as {"orchestration": {"limits": {"time": false, "budget": false}}}
	rule.findings == set() with input as {"orchestration": {"limits": {"steps": false, "budget": false}}}
	rule.findings == set() with input as {"orchestration": {"limits": {"steps": false, "time": false}}}
}

test_silent_when_a_person_judges_every_action if {
	always := {"oversight": {"approval": "always"}}
	rule.findings == set() with input as object.union(bad, always)
	rule.findings == set() with input as object.union({"orchestration": none}, always)
}

test_fires_when_approval_is_partial_or_uninformed if {
	risky := {"oversight": {"approval": "risky"}}
	rule.findings == {finding("has_tools")} with input as object.union(bad, risky)
	blind := {"oversight": {"approval": "always", "informed_approval": false}}
	rule.findings == {finding("has_tools")} with input as object.union(bad, blind)
}
