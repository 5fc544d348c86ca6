package maestro.l7_agent_ecosystem.described_otherwise_test

import data.maestro.l7_agent_ecosystem.described_otherwise as rule

said := ["p.yaml:3 says always", ".claude/settings.json:2 says never"]

bad := {
	"derived": {"contradictions": [{"term": "oversight.approval", "fact": ["oversight", "approval"], "said": said, "favours": true}]},
	"oversight": {"approval": "never"},
}

good := {"oversight": {"approval": "always"}}

finding(severity) := {"term": "oversight.approval", "facts": [["oversight", "approval"]], "args": said, "severity": severity}

test_fires_on_what_is_in_its_favour if {
	rule.findings == {finding("high")} with input as bad
}

test_is_mild_where_the_profile_is_stricter if {
	strict := json.patch(bad, [{"op": "replace", "path": "derived/contradictions/0/favours", "value": false}])
	rule.findings == {finding("low")} with input as strict
}

test_fires_for_each_fact if {
	more := json.patch(bad, [{"op": "add", "path": "derived/contradictions/-", "value": {"term": "tools[0].pinned", "fact": ["tools", 0, "pinned"], "said": said, "favours": false}}])
	count(rule.findings) == 2 with input as more
}

test_silent_where_nothing_differs if {
	rule.findings == set() with input as good
}
