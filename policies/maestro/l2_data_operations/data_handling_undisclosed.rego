# METADATA
# title: Handling of connected business data not described
# description: |
#   Business data that an agent reads lives on in caches, indexes and memory. Nothing says
#   where copies remain and who can see them.
# custom:
#   kind: gap
#   severity: medium
#   message: Nothing says what business data the agent reads, where it is cached and who can see it.
#   threats: ["Data Exfiltration (L2)", "Data Leakage (Cross-Layer)"]
#   references: ["LLM02:2026", "AICM-1.1 DSP-03", "AICM-1.1 DSP-05", "AIUC-1 A001", "AIUC-1 A003", "AIUC-1 A006", "RMF MEASURE 2.10", "ISO42001 A.7.2", CWE-359]
#   remediation: State what is read, where it is cached, whether an index or memory keeps it, and who can see it.
package maestro.l2_data_operations.data_handling_undisclosed

findings contains {"facts": [["data", "handling"]], "severity": severity} if {
	not input.data.handling
	not input.data.handling == false

	# only public data is connected, or the agent's own
	not input.derived.customer_data == false
}

default severity := "medium"

severity := "high" if input.derived.customer_data
