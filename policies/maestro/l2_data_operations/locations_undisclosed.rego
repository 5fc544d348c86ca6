# METADATA
# title: Processing locations or sub-processors not listed
# description: |
#   Every company and country that data passes through adds its own access and its own
#   law. Nothing says which ones they are.
# custom:
#   kind: gap
#   severity: low
#   message: Nothing says where data is processed or which sub-processors receive it.
#   threats: ["Data Leakage (Cross-Layer)"]
#   references: [MAS-T46, "AICM-1.1 DSP-19", "AICM-1.1 DSP-14", "AICM-1.1 DSP-13", "AIUC-1 E011", "AIUC-1 E006"]
#   remediation: Publish a dated list of sub-processors with their regions, the model provider among them.
package maestro.l2_data_operations.locations_undisclosed

findings contains {"facts": [["data", "locations"]], "severity": severity} if {
	not input.data.locations
	not input.data.locations == false
}

findings contains {"facts": [["data", "subprocessors"]], "severity": severity} if {
	not input.data.subprocessors
	not input.data.subprocessors == false
}

default severity := "low"

severity := "medium" if input.derived.private_data
