package gate_test

import data.gate

thresholds := {
	"reject": {"score": 9.0, "confirmed": "critical"},
	"review": {"score": 7.0, "upper": 9.0, "confirmed": "high", "possible": "high"},
}

agent(findings, aivss, high) := {
	"findings": findings,
	"score": {"aivss": aivss, "high": high, "unmitigated": aivss},
	"config": {"thresholds": thresholds},
}

finding(status, severity) := {
	"rule": "L4/egress-open",
	"term": "",
	"status": status,
	"severity": severity,
	"message": "It is open.",
}

reasons(set) := {r.message | some r in set}

test_sound_agent_passes if {
	input_ := agent([finding("confirmed", "medium"), finding("possible", "medium")], 6.9, 8.9)
	gate.reject == set() with input as input_
	gate.review == set() with input as input_
}

test_confirmed_critical_rejects if {
	reasons(gate.reject) == {"critical finding: It is open."} with input as agent([finding("confirmed", "critical")], 1.0, 1.0)
}

test_possible_critical_is_a_review if {
	input_ := agent([finding("possible", "critical")], 1.0, 1.0)
	gate.reject == set() with input as input_
	reasons(gate.review) == {"possible critical finding: It is open."} with input as input_
}

test_high_is_a_review if {
	reasons(gate.review) == {"high finding: It is open."} with input as agent([finding("confirmed", "high")], 1.0, 1.0)
	reasons(gate.review) == {"possible high finding: It is open."} with input as agent([finding("possible", "high")], 1.0, 1.0)
}

test_reason_names_the_rule if {
	gate.review == {{
		"rule": "L4/egress-open",
		"term": "",
		"message": "high finding: It is open.",
	}} with input as agent([finding("confirmed", "high")], 1.0, 1.0)
}

test_what_rejects_is_no_reason_to_review if {
	gate.review == set() with input as agent([finding("confirmed", "critical")], 9.0, 9.5)
}

test_score_counts if {
	reasons(gate.reject) == {"AIVSS score 9.0 reaches 9.0"} with input as agent([], 9.0, 9.0)
	reasons(gate.review) == {"AIVSS score 7.0 reaches 7.0"} with input as agent([], 7.0, 7.0)
}

test_floor_of_disclosure_reviews if {
	asked := object.union(agent([], 1.0, 1.0), {"profile": {"data": {"classes": ["public"]}}, "config": {"disclosure": {"floor": [["/tools"], ["/data"]]}}})
	reasons(gate.review) == {"not judged on substance: nothing is disclosed about tools"} with input as asked
	gate.reject == set() with input as asked
}
