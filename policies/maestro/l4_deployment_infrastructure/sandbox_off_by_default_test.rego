package maestro.l4_deployment_infrastructure.sandbox_off_by_default_test

import data.maestro.l4_deployment_infrastructure.sandbox_off_by_default as rule

bad := {"execution": {"sandbox": {"present": true, "default_on": false}}}

good := {"execution": {"sandbox": {"present": true, "default_on": true}}}

finding := {"facts": [["execution", "sandbox", "present"], ["execution", "sandbox", "default_on"]]}

test_fires_when_off_by_default if {
	rule.findings == {finding} with input as bad
}

test_silent_when_on_by_default if {
	rule.findings == set() with input as good
}

test_silent_when_the_default_is_undisclosed if {
	rule.findings == set() with input as {"execution": {"sandbox": {"present": true}}}
}

test_silent_without_a_sandbox if {
	rule.findings == set() with input as {"execution": {"sandbox": {"present": false, "default_on": false}}}
}

test_silent_when_the_sandbox_is_undisclosed if {
	rule.findings == set() with input as {"execution": {"sandbox": {"default_on": false}}}
}
