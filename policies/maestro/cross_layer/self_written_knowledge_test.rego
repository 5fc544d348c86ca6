package maestro.cross_layer.self_written_knowledge_test

import data.maestro.cross_layer.self_written_knowledge as rule

bad := {
	"derived": {"state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
	"rag": {"agent_writes": true, "source_vetting": false},
	"oversight": {"approval": "risky"},
}

good := {
	"derived": {"state_change": true},
	"tools": [{"id": "crm", "kind": "saas", "access": ["write"]}],
	"rag": {"agent_writes": true, "source_vetting": true},
	"oversight": {"approval": "risky"},
}

finding(approval) := {
	"facts": [["rag", "agent_writes"], ["derived", "state_change"]],
	"controls": [["rag", "source_vetting"], ["oversight", approval]],
}

test_fires_without_vetting if {
	rule.findings == {finding("approval")} with input as bad
	rule.findings == {finding("approval")} with input as object.union(bad, {"oversight": {"approval": "never"}})
}

test_fires_when_controls_are_undisclosed if {
	rule.findings == {finding("approval")} with input as json.remove(bad, ["rag/source_vetting", "oversight"])
}

test_fires_when_approval_is_uninformed if {
	blind := object.union(bad, {"oversight": {"approval": "always", "informed_approval": false}})
	rule.findings == {finding("informed_approval")} with input as blind
}

test_silent_when_approval_is_informed if {
	informed := object.union(bad, {"oversight": {"approval": "always", "informed_approval": true}})
	rule.findings == set() with input as informed
}

test_silent_with_vetting if {
	rule.findings == set() with input as good
}

test_silent_when_everything_is_approved if {
	rule.findings == set() with input as object.union(bad, {"oversight": {"approval": "always"}})
}

test_silent_when_it_does_not_write if {
	rule.findings == set() with input as object.union(bad, {"rag": {"agent_writes": false}})
	rule.findings == set() with input as json.remove(bad, ["rag/agent_writes"])
}

test_silent_without_state_change if {
	rule.findings == set() with input as object.union(bad, {"derived": {"state_change": false}})
	rule.findings == set() with input as json.remove(bad, ["derived/state_change"])
}
