# METADATA
# title: Gate of ACME Bank
# description: |
#   An agent that runs code on customer data is not admitted on its word: without
#   a report that we can read it is rejected, not reviewed.
package org.acme.gate

reject contains {"rule": f.rule, "message": "it runs code on private data, and we have no report to read"} if {
	input.derived.code_execution
	some f in input.findings
	f.rule == "org.acme.assurance/report-missing"
}

review contains {"message": "a high-risk use needs its impact assessment on file"} if {
	input.profile.compliance.use_class == "high_risk"
	not input.profile.compliance.impact_assessment
}
