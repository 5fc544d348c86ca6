package maestro.l2_data_operations.retention_undisclosed_test

import data.maestro.l2_data_operations.retention_undisclosed as rule

bad := {"data": {"handling": true}}

good := {"data": {"handling": true, "retention": true, "deletion": true}}

kept := "how long it is kept"

deleted := "how it and what is derived from it are deleted"

finding(terms, names) := {"facts": [["data", term] | some term in terms], "args": names}

both := finding(["deletion", "retention"], [deleted, kept])

test_fires_when_both_undisclosed if {
	rule.findings == {both} with input as bad
	rule.findings == {both} with input as object.union(bad, {"derived": {"customer_data": true}})
}

test_names_what_is_missing if {
	rule.findings == {finding(["retention"], [kept])} with input as {"data": {"deletion": true}}
	rule.findings == {finding(["deletion"], [deleted])} with input as {"data": {"retention": true}}
	rule.findings == {finding(["deletion"], [deleted])} with input as {"data": {"retention": false}}
}

test_silent_when_both_stated if {
	rule.findings == set() with input as good
}

test_silent_when_declared_absent if {
	rule.findings == set() with input as {"data": {"retention": false, "deletion": false}}
}

test_silent_without_customer_data if {
	rule.findings == set() with input as object.union(bad, {"derived": {"customer_data": false}})
}
