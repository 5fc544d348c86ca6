package maestro.l6_security_compliance.identities_at_run_time_test

import data.maestro.l6_security_compliance.identities_at_run_time as rule

bad := {"identity": {"created_at_run_time": true, "revocation": false}}

good := {"identity": {"created_at_run_time": true, "revocation": true}}

finding := {"facts": [["identity", "created_at_run_time"]], "controls": [["identity", "revocation"]]}

test_fires_without_revocation if {
	rule.findings == {finding} with input as bad
	rule.findings == {finding} with input as {"identity": {"created_at_run_time": true}}
}

test_silent_with_revocation if {
	rule.findings == set() with input as good
}

test_silent_where_identities_are_given if {
	rule.findings == set() with input as {"identity": {"created_at_run_time": false, "revocation": false}}
	rule.findings == set() with input as {}
}
