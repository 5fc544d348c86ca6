# METADATA
# title: No way out of a hosted agent
# description: |
#   The bank has to be able to leave a provider with its records and without its
#   data staying behind (Regulation (EU) 2022/2554, article 28).
# custom:
#   kind: weakness
#   layers: [L2, L5]
#   severity: medium
#   collections: [bank]
#   message: Records are not known to leave the provider with us, or data not known to be deleted.
#   controls: [/data/deletion, /monitoring/export]
#   remediation: Agree on the export of action logs and on deletion at the end.
package org.acme.resilience.exit_missing

findings contains {"facts": [["execution", "environment"]]} if {
	input.execution.environment == "saas"
	not leaves
}

leaves if {
	input.data.deletion
	input.monitoring.export
}
