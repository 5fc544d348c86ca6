package maestro.l4_deployment_infrastructure.host_user_rights_test

import data.maestro.l4_deployment_infrastructure.host_user_rights as rule

bad := {"execution": {
	"environment": "local_host",
	"host_privilege": "user",
	"sandbox": {"present": false},
}}

good := {"execution": {
	"environment": "local_host",
	"host_privilege": "user",
	"sandbox": {"present": true},
}}

finding := {"facts": [["execution", "environment"], ["execution", "host_privilege"]]}

test_fires_without_a_sandbox if {
	rule.findings == {finding} with input as bad
}

test_fires_with_higher_rights_when_the_sandbox_is_undisclosed if {
	every privilege in ["admin", "root"] {
		rule.findings == {finding} with input as {"execution": {
			"environment": "local_host",
			"host_privilege": privilege,
		}}
	}
}

test_silent_with_a_sandbox if {
	rule.findings == set() with input as good
}

test_silent_with_restricted_rights if {
	rule.findings == set() with input as {"execution": {"environment": "local_host", "host_privilege": "restricted"}}
}

test_silent_when_rights_are_undisclosed if {
	rule.findings == set() with input as {"execution": {"environment": "local_host"}}
}

test_silent_on_another_host if {
	rule.findings == set() with input as {"execution": {"environment": "saas", "host_privilege": "root"}}
}

test_silent_when_the_host_is_undisclosed if {
	rule.findings == set() with input as {"execution": {"host_privilege": "root"}}
}
