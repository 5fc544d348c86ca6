package maestro.l6_security_compliance.attestation_held_test

import data.maestro.l6_security_compliance.attestation_held as rule

# The rule is a strength: it fires on bad, to the agent's credit.
bad := {"compliance": {"certifications": [{"id": "soc2"}]}}

good := {"compliance": {"certifications": [{"id": "star_l1"}]}}

finding(i, id) := {"term": id, "facts": [["compliance", "certifications", i, "id"]]}

test_fires_on_an_independent_attestation if {
	rule.findings == {finding(0, "soc2")} with input as bad
}

test_fires_on_each_independent_attestation if {
	every id in ["soc2", "iso27001", "iso27701", "iso42001", "aiuc1", "star_l2", "fedramp", "hitrust"] {
		rule.findings == {finding(0, id)} with input as {"compliance": {"certifications": [{"id": id}]}}
	}
}

test_fires_once_per_attestation if {
	rule.findings == {finding(0, "soc2"), finding(2, "iso42001")} with input as {"compliance": {"certifications": [
		{"id": "soc2", "scope": true},
		{"id": "star_l1"},
		{"id": "iso42001"},
	]}}
}

test_silent_on_a_self_assessment if {
	rule.findings == set() with input as good
}

test_silent_on_what_may_be_a_self_assessment if {
	rule.findings == set() with input as {"compliance": {"certifications": [{"id": "pci_dss"}]}}
}

test_silent_when_the_agent_is_out_of_scope if {
	rule.findings == set() with input as {"compliance": {"certifications": [{"id": "soc2", "scope": false}]}}
}

test_silent_without_attestations if {
	rule.findings == set() with input as {"compliance": {"certifications": [], "certifications_complete": true}}
}
