# METADATA
# title: Filters before and behind the model
# description: |
#   Inputs are filtered for injected instructions, and content is filtered on the way. No
#   filter stops everything, and two see more than one.
# custom:
#   kind: strength
#   severity: credit
#   message: Inputs are filtered for prompt injection, and content is filtered too.
#   references: [ASI01, AML.M0020, "AIUC-1 B005"]
#   remediation: Keep them, and measure what passes them on each release.
package maestro.l1_foundation_models.filters_in_place

findings contains {"facts": [["guardrails", "input_filter"], ["guardrails", "content_filter"]]} if {
	input.guardrails.input_filter
	input.guardrails.content_filter
}
