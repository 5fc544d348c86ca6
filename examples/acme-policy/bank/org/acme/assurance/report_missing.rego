# METADATA
# title: No assurance report that the bank can read
# description: |
#   A certificate without its scope and report is a logo. Whoever reaches private
#   data shows us the report.
# custom:
#   kind: gap
#   layers: [L6]
#   severity: high
#   collections: [bank]
#   message: Nothing says that we can read an assurance report whose scope covers the agent.
#   remediation: Ask for the SOC 2 type II or ISO 27001 report and check its scope.
package org.acme.assurance.report_missing

findings contains {"facts": [["derived", "private_data"], ["compliance", "certifications"]]} if {
	input.derived.private_data
	not readable
}

readable if {
	some c in input.compliance.certifications
	c.id in data.org.acme.limits.reports
	c.scope
	c.report_access
}
