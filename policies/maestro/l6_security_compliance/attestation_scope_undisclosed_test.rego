package maestro.l6_security_compliance.attestation_scope_undisclosed_test

import data.maestro.l6_security_compliance.attestation_scope_undisclosed as rule

bad := {"compliance": {"certifications": [{"id": "soc2"}]}}

good := {"compliance": {"certifications": [{
	"id": "soc2",
	"scope": true,
	"valid_until": "2027-03-31",
	"report_access": true,
}]}}

finding(i, id, fields, args) := {
	"term": id,
	"facts": [["compliance", "certifications", i, field] | some field in fields],
	"args": args,
}

all := finding(
	0, "soc2",
	["scope", "valid_until", "report_access"],
	["scope", "end of the period", "report access"],
)

test_fires_on_a_bare_badge if {
	rule.findings == {all} with input as bad
}

test_fires_on_each_missing_part if {
	every field, name in {"scope": "scope", "valid_until": "end of the period", "report_access": "report access"} {
		cert := object.remove(good.compliance.certifications[0], {field})
		rule.findings == {finding(0, "soc2", [field], [name])} with input as {"compliance": {"certifications": [cert]}}
	}
}

test_fires_once_per_attestation if {
	certs := [{"id": "soc2"}, good.compliance.certifications[0], {"id": "iso42001", "scope": true, "report_access": true}]
	dateless := finding(2, "iso42001", ["valid_until"], ["end of the period"])
	rule.findings == {all, dateless} with input as {"compliance": {"certifications": certs}}
}

test_silent_when_all_is_stated if {
	rule.findings == set() with input as good
}

test_silent_when_answered_no if {
	rule.findings == set() with input as {"compliance": {"certifications": [{
		"id": "soc2",
		"scope": false,
		"valid_until": "2027-03-31",
		"report_access": false,
	}]}}
}

test_silent_without_attestations if {
	rule.findings == set() with input as {}
}
