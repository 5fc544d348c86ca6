package maestro.l5_evaluation_observability.log_unredacted_test

import data.maestro.l5_evaluation_observability.log_unredacted as rule

bad := {"data": {"classes": ["pii"]}, "monitoring": {"redaction": false}}

good := {"data": {"classes": ["pii"]}, "monitoring": {"redaction": true}}

finding(severity) := {"facts": [["monitoring", "redaction"]], "severity": severity}

test_high_with_personal_data if {
	rule.findings == {finding("high")} with input as bad
}

test_high_with_each_personal_or_credential_class if {
	every class in ["pii", "phi", "hr", "email", "crm", "credentials"] {
		rule.findings == {finding("high")} with input as {
			"data": {"classes": ["public", class]},
			"monitoring": {"redaction": false},
		}
	}
}

test_high_with_a_mailbox if {
	rule.findings == {finding("high")} with input as {
		"tools": [{"id": "mail", "kind": "email"}],
		"monitoring": {"redaction": false},
	}
}

test_high_when_credentials_reach_the_model if {
	rule.findings == {finding("high")} with input as {
		"secrets": {"reach_model": true},
		"monitoring": {"redaction": false},
	}
}

test_medium_otherwise if {
	rule.findings == {finding("medium")} with input as {
		"data": {"classes": ["public", "internal"]},
		"tools": [{"id": "wiki", "kind": "saas"}],
		"secrets": {"reach_model": false},
		"monitoring": {"redaction": false},
	}
}

test_silent_with_redaction if {
	rule.findings == set() with input as good
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"data": {"classes": ["pii"]}}
}
