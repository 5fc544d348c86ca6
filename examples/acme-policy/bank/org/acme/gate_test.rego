package org.acme.gate_test

import data.org.acme.gate

unread := {"rule": "org.acme.assurance/report-missing"}

test_rejects_code_without_a_report if {
	count(gate.reject) == 1 with input as {"derived": {"code_execution": true}, "findings": [unread]}
}

test_admits_code_with_a_report if {
	count(gate.reject) == 0 with input as {"derived": {"code_execution": true}, "findings": []}
}

test_admits_what_runs_no_code if {
	count(gate.reject) == 0 with input as {"derived": {}, "findings": [unread]}
}

test_reviews_high_risk if {
	count(gate.review) == 1 with input as {"profile": {"compliance": {"use_class": "high_risk"}}}
}

test_silent_with_an_assessment if {
	count(gate.review) == 0 with input as {"profile": {"compliance": {"use_class": "high_risk", "impact_assessment": true}}}
}

test_silent_on_limited_use if {
	count(gate.review) == 0 with input as {"profile": {"compliance": {"use_class": "limited"}}}
}
