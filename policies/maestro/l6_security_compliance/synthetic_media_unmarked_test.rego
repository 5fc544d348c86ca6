package maestro.l6_security_compliance.synthetic_media_unmarked_test

import data.maestro.l6_security_compliance.synthetic_media_unmarked as rule

bad := {"output": {"generates": ["video"], "provenance": false}}

good := {"output": {"generates": ["video"], "provenance": true}}

finding := {"facts": [["output", "generates"]], "controls": [["output", "provenance"]]}

test_fires_on_each_medium if {
	rule.findings == {finding} with input as bad

	every medium in ["audio", "image", "video"] {
		rule.findings == {finding} with input as {"output": {"generates": [medium]}}
	}
}

test_silent_with_a_mark if {
	rule.findings == set() with input as good
}

test_silent_on_text_and_code if {
	rule.findings == set() with input as {"output": {"generates": ["text", "code"], "provenance": false}}
	rule.findings == set() with input as {}
}
