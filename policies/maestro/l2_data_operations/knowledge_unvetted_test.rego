package maestro.l2_data_operations.knowledge_unvetted_test

import data.maestro.l2_data_operations.knowledge_unvetted as rule

bad := {"rag": {"used": true, "source_vetting": false}}

good := {"rag": {"used": true, "source_vetting": true}}

finding := {"facts": [["rag", "used"]]}

test_fires_on_unvetted_sources if {
	rule.findings == {finding} with input as bad
}

test_fires_when_vetting_undisclosed if {
	rule.findings == {finding} with input as {"rag": {"used": true}}
}

test_silent_when_vetted if {
	rule.findings == set() with input as good
}

test_silent_without_retrieval if {
	rule.findings == set() with input as {"rag": {"used": false, "source_vetting": false}}
}

test_silent_when_retrieval_undisclosed if {
	rule.findings == set() with input as {"rag": {"source_vetting": false}}
}

test_silent_on_knowledge_of_its_own if {
	own := {"data": {"belongs_to": ["subject"], "belongs_to_complete": true}}
	rule.findings == set() with input as object.union(bad, own)
}

test_fires_where_others_own_some_of_it if {
	shared := [
		{"belongs_to": ["subject", "public"], "belongs_to_complete": true},
		{"belongs_to": ["subject"]},
		{"belongs_to": [], "belongs_to_complete": true},
	]
	every owners in shared {
		rule.findings == {finding} with input as object.union(bad, {"data": owners})
	}
}
