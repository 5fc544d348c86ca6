package org.acme.gate_test

import data.org.acme.gate

agent(status) := {"derived": {}, "findings": [{
	"rule": "org.acme/personal-data-unassessed",
	"term": "",
	"status": status,
	"message": "It is open.",
}]}

test_rejects_what_is_confirmed if {
	gate.reject == {{
		"rule": "org.acme/personal-data-unassessed",
		"term": "",
		"message": "acme: It is open.",
	}} with input as agent("confirmed")
}

test_leaves_what_is_possible_to_the_thresholds if {
	gate.reject == set() with input as agent("possible")
	gate.review == set() with input as agent("possible")
}

test_leaves_other_findings_alone if {
	gate.reject == set() with input as {"findings": [{"rule": "L4/egress-open", "term": "", "status": "confirmed", "message": ""}]}
}

test_reviews_what_moves_money if {
	count(gate.review) == 1 with input as {"derived": {"moves_money": true}, "findings": []}
	gate.review == set() with input as {"derived": {"moves_money": false}, "findings": []}
}
