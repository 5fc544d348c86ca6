package maestro.l2_data_operations.data_terms_missing_test

import data.maestro.l2_data_operations.data_terms_missing as rule

bad := {"data": {"retention": false, "deletion": false}}

good := {"data": {"retention": true, "deletion": true}}

finding(terms, args, severity) := {
	"facts": [["data", term] | some term in terms],
	"args": args,
	"severity": severity,
}

private := {"derived": {"private_data": true}}

test_one_finding_names_what_is_missing if {
	expected := finding(["deletion", "retention"], ["deletion", "retention"], "medium")
	rule.findings == {expected} with input as bad
}

test_fires_on_each_term if {
	names := {
		"handling": "handling",
		"retention": "retention",
		"deletion": "deletion",
		"locations": "processing locations",
		"subprocessors": "sub-processors",
	}
	every term, name in names {
		rule.findings == {finding([term], [name], "medium")} with input as {"data": {term: false}}
	}
}

test_high_when_handling_of_private_data_is_missing if {
	unhandled := object.union(private, {"data": {"handling": false}})
	rule.findings == {finding(["handling"], ["handling"], "high")} with input as unhandled
}

test_medium_when_private_data_lacks_another_term if {
	every term in ["retention", "deletion"] {
		missing := object.union(private, {"data": {term: false}})
		rule.findings == {finding([term], [term], "medium")} with input as missing
		handled := object.union(missing, {"data": {"handling": true}})
		rule.findings == {finding([term], [term], "medium")} with input as handled
	}
}

test_medium_without_private_data if {
	public := {"derived": {"private_data": false}, "data": {"handling": false}}
	rule.findings == {finding(["handling"], ["handling"], "medium")} with input as public
}

test_silent_when_stated if {
	rule.findings == set() with input as good
	rule.findings == set() with input as object.union(good, {"data": {
		"handling": true,
		"locations": true,
		"subprocessors": true,
	}})
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as private
}
