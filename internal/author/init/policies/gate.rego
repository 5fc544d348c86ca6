# METADATA
# title: Gate of acme
# description: What acme rejects or looks at, whatever the thresholds say.
# schemas:
#   - input: schema.gate
package org.acme.gate

reject contains {"rule": f.rule, "term": f.term, "message": message} if {
	some f in input.findings
	f.rule == "org.acme/personal-data-unassessed"
	f.status == "confirmed"
	message := sprintf("acme: %s", [f.message])
}

review contains {"message": "acme: an agent that moves money is looked at by a person"} if {
	input.derived.moves_money
}
