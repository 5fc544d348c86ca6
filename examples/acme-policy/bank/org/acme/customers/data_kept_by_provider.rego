# METADATA
# title: Customer data kept by the model provider
# description: |
#   What a provider keeps, a breach of the provider gives away. Banking secrecy
#   does not end at our door.
# custom:
#   kind: weakness
#   layers: [L2]
#   severity: high
#   collections: [bank]
#   message: Customer data ({args}) is not known to be gone from the model provider in time.
#   controls: [/model/provider_retention]
#   threats: ["Data Exfiltration (L2)"]
#   references: [LLM02, CWE-359]
#   remediation: Agree on zero retention, or on a period within the bank's limit.
package org.acme.customers.data_kept_by_provider

findings contains {"facts": [["data", "classes", i]], "args": [class]} if {
	some i, class in input.data.classes
	class in {"pii", "financial", "crm"}
	not in_time
}

in_time if input.model.provider_retention <= data.org.acme.limits.retention_days
