package maestro.l7_agent_ecosystem.bill_of_materials_undisclosed_test

import data.maestro.l7_agent_ecosystem.bill_of_materials_undisclosed as rule

bad := {"execution": {"environment": "local_host"}}

good := {"execution": {"environment": "local_host"}, "supply": {"sbom": true}}

names := ["aibom", "release_signing", "sbom"]

finding(open) := {"facts": [["supply", name] | some name in open]}

with_supply(supply) := object.union(bad, {"supply": supply})

test_fires_on_a_local_host if {
	rule.findings == {finding(names)} with input as bad
}

test_fires_on_a_customer_host if {
	rule.findings == {finding(names)} with input as {"execution": {"environment": "customer_host"}}
}

test_silent_where_nothing_is_installed if {
	rule.findings == set() with input as {"execution": {"environment": "saas"}}
	rule.findings == set() with input as {}
}

test_silent_when_a_bill_is_disclosed if {
	rule.findings == set() with input as good
}

test_fires_on_the_undisclosed_when_others_are_missing if {
	every name in names {
		others := [other | some other in names; other != name]
		rule.findings == {finding(others)} with input as with_supply({name: false})
		missing := {other: false | some other in others}
		rule.findings == {finding([name])} with input as with_supply(missing)
	}
}

test_silent_when_all_are_missing if {
	rule.findings == set() with input as with_supply({name: false | some name in names})
}

test_silent_when_any_is_there if {
	every name in names {
		rule.findings == set() with input as with_supply({name: true})
		missing := {other: false | some other in names; other != name}
		rule.findings == set() with input as with_supply(object.union(missing, {name: true}))
	}
}
