package maestro.l3_agent_frameworks.language_drives_tools_test

import data.maestro.l3_agent_frameworks.language_drives_tools as rule

bad := {
	"derived": {"has_tools": true},
	"guardrails": {"tool_policy": false},
	"orchestration": {"planning": true},
	"tools": [{"id": "crm", "kind": "saas"}],
}

good := {
	"derived": {"has_tools": true},
	"guardrails": {"tool_policy": true},
	"orchestration": {"planning": true},
	"tools": [{"id": "crm", "kind": "saas"}],
}

finding(driver, severity, possible) := {
	"facts": [["orchestration", driver], ["derived", "has_tools"]],
	"severity": severity,
	"possible": possible,
}

test_fires_on_planning_without_a_gate if {
	rule.findings == {finding("planning", "medium", "low")} with input as bad
}

test_fires_on_code_generation_when_the_gate_is_undisclosed if {
	rule.findings == {finding("codegen", "medium", "low")} with input as {
		"derived": {"has_tools": true, "state_change": true},
		"orchestration": {"codegen": true},
	}
}

test_higher_with_untrusted_input if {
	rule.findings == {finding("planning", "high", "medium")} with input as {
		"derived": {"has_tools": true, "untrusted_input": true},
		"orchestration": {"planning": true},
	}
}

test_fires_on_planning_and_code_generation if {
	rule.findings == {
		finding("planning", "medium", "low"),
		finding("codegen", "medium", "low"),
	} with input as {
		"derived": {"has_tools": true, "untrusted_input": false},
		"orchestration": {"planning": true, "codegen": true},
	}
}

test_silent_with_a_policy_gate if {
	rule.findings == set() with input as good
}

test_silent_when_certainly_read_only if {
	rule.findings == set() with input as {
		"derived": {"has_tools": true, "state_change": false},
		"orchestration": {"planning": true},
	}
}

test_silent_without_tools if {
	rule.findings == set() with input as {
		"derived": {"has_tools": false},
		"orchestration": {"planning": true},
	}
}

test_silent_without_planning_or_code_generation if {
	rule.findings == set() with input as {
		"derived": {"has_tools": true},
		"orchestration": {"planning": false, "codegen": false},
	}
}
