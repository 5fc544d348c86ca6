# METADATA
# title: Calls are recorded without known consent
# description: |
#   A recorded voice is personal data of whoever speaks, and in many places a crime to keep
#   without consent of all who do.
# custom:
#   kind: weakness
#   severity: medium
#   possible: low
#   message: The agent records calls, and those who speak are not known to have consented.
#   references: ["AIUC-1 A003", "RMF MEASURE 2.10", CWE-359]
#   remediation: Ask at the start of each call, go on without a recording where somebody declines, and keep the answer.
package maestro.l2_data_operations.recording_without_consent

findings contains {"facts": [["data", "records_calls"]], "controls": [["data", "recording_consent"]]} if {
	input.data.records_calls
	not input.data.recording_consent
}
