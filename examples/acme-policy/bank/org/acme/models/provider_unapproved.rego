# METADATA
# title: Model provider without a contract
# description: |
#   Customer data may go only to providers that the bank has a contract with.
# custom:
#   kind: weakness
#   layers: [L1]
#   severity: high
#   collections: [bank]
#   message: No contract with the model provider {term}.
#   references: [LLM03]
#   remediation: Use a provider of the list, or have procurement sign one.
package org.acme.models.provider_unapproved

findings contains {"term": input.model.provider, "facts": [["model", "provider"]]} if {
	input.model.provider
	not input.model.provider in data.org.acme.limits.providers
}
