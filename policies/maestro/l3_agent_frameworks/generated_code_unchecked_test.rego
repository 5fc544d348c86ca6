package maestro.l3_agent_frameworks.generated_code_unchecked_test

import data.maestro.l3_agent_frameworks.generated_code_unchecked as rule

bad := {"orchestration": {"codegen": true, "plan_check": false}}

good := {"orchestration": {"codegen": true, "plan_check": true}}

finding := {"facts": [["orchestration", "codegen"]]}

test_fires_without_a_check if {
	rule.findings == {finding} with input as bad
}

test_fires_when_the_check_is_undisclosed if {
	rule.findings == {finding} with input as {"orchestration": {"codegen": true}}
}

test_silent_with_a_check if {
	rule.findings == set() with input as good
}

test_silent_without_code_generation if {
	rule.findings == set() with input as {"orchestration": {"codegen": false, "plan_check": false}}
}

test_silent_when_code_generation_is_undisclosed if {
	rule.findings == set() with input as {"orchestration": {"plan_check": false}}
}
