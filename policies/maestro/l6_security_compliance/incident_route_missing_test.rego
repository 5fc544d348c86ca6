package maestro.l6_security_compliance.incident_route_missing_test

import data.maestro.l6_security_compliance.incident_route_missing as rule

bad := {"incident": {"response": false, "contact": false, "vdp": false}}

good := {"incident": {"response": true, "contact": true, "vdp": false}}

finding(parts, args) := {"facts": [["incident", part] | some part in parts], "args": args}

plan := finding(["response"], ["incident-response plan"])

route := finding(["contact", "vdp"], ["security contact", "disclosure policy"])

test_one_finding_names_all_that_is_missing if {
	all := finding(
		["contact", "response", "vdp"],
		["security contact", "incident-response plan", "disclosure policy"],
	)
	rule.findings == {all} with input as bad
}

test_fires_without_a_plan if {
	rule.findings == {plan} with input as {"incident": {"response": false}}
	rule.findings == {plan} with input as {"incident": {"response": false, "contact": true, "vdp": false}}
}

test_fires_without_contact_and_policy if {
	rule.findings == {route} with input as {"incident": {"contact": false, "vdp": false}}
	rule.findings == {route} with input as object.union(bad, {"incident": {"response": true}})
}

test_silent_with_a_plan_and_a_contact if {
	rule.findings == set() with input as good
}

test_silent_when_either_route_is_there_or_undisclosed if {
	every fact in ["contact", "vdp"] {
		planned := object.union(bad, {"incident": {"response": true}})
		rule.findings == set() with input as object.union(planned, {"incident": {fact: true}})
		rule.findings == set() with input as json.remove(planned, [["incident", fact]])
	}
}

test_silent_when_undisclosed if {
	rule.findings == set() with input as {"incident": {}}
	rule.findings == set() with input as {"incident": {"contact": false}}
	rule.findings == set() with input as {"incident": {"vdp": false}}
}
