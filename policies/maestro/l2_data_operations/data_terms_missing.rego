# METADATA
# title: Data terms are missing
# description: |
#   Whoever connects data has to know where copies stay, for how long, and who else gets
#   them. What is not promised cannot be held against anybody.
# custom:
#   kind: weakness
#   severity: medium
#   message: "Declared missing from the data terms: {args}."
#   threats: ["Data Exfiltration (L2)", "Data Leakage (Cross-Layer)"]
#   references: ["LLM02:2026", "LLM09:2026", MAS-T46, "AICM-1.1 DSP-02", "AICM-1.1 DSP-03", "AICM-1.1 DSP-05", "AICM-1.1 DSP-14", "AICM-1.1 DSP-16", "AICM-1.1 DSP-19", "AIUC-1 A001", "AIUC-1 A003", "AIUC-1 A006", "AIUC-1 E006", "AIUC-1 E011", "RMF MEASURE 2.10", "ISO42001 A.7.2", CWE-359]
#   remediation: Write down the terms that are missing, date them, and make them part of the contract.
package maestro.l2_data_operations.data_terms_missing

findings contains finding if {
	count(missing) > 0
	finding := {
		"facts": [["data", term] | some term in missing],
		"args": [names[term] | some term in missing],
		"severity": severity,
	}
}

missing contains "handling" if input.data.handling == false

missing contains "retention" if input.data.retention == false

missing contains "deletion" if input.data.deletion == false

missing contains "locations" if input.data.locations == false

missing contains "subprocessors" if input.data.subprocessors == false

names := {
	"handling": "handling",
	"retention": "retention",
	"deletion": "deletion",
	"locations": "processing locations",
	"subprocessors": "sub-processors",
}

default severity := "medium"

severity := "high" if {
	input.derived.private_data
	input.data.handling == false
}
