# METADATA
# title: Processing locations or sub-processors not disclosed
# description: |
#   Every company and country that data passes through adds its own access and its own
#   law. Not all of them are disclosed.
# custom:
#   kind: gap
#   severity: low
#   message: "Not disclosed of where data goes: {args}."
#   threats: ["Data Leakage (Cross-Layer)"]
#   references: [MAS-T46, "AICM-1.1 DSP-19", "AICM-1.1 DSP-14", "AICM-1.1 DSP-13", "AIUC-1 E011", "AIUC-1 E006"]
#   remediation: Publish a dated list of sub-processors with their regions, the model provider among them.
package maestro.l2_data_operations.locations_undisclosed

findings contains finding if {
	count(missing) > 0

	# neither a customer's nor anybody's private data goes anywhere
	not input.derived.customer_data == false
	not at_home
	finding := {
		"facts": [["data", term] | some term in missing],
		"args": [names[term] | some term in missing],
		"severity": severity,
	}
}

missing contains term if {
	some term in ["locations", "subprocessors"]
	not input.data[term]
	not input.data[term] == false
}

names := {"locations": "processing locations", "subprocessors": "sub-processors"}

# It runs where its user is, and who gets the prompts is named.
at_home if {
	input.execution.environment in {"local_host", "customer_host"}
	input.model.provider
}

default severity := "low"

severity := "medium" if input.derived.customer_data
