# METADATA
# title: Model version floats without notice
# description: |
#   The provider can swap the model at any time. Behaviour that was tested yesterday is
#   then no longer the behaviour that runs.
# custom:
#   kind: weakness
#   severity: medium
#   possible: low
#   message: The model version is not pinned and no notice of model changes is known.
#   controls: [/model/change_notice]
#   references: [MAS-T16, "AICM-1.1 CCC-06", "AICM-1.1 CCC-07", "RMF MANAGE 3.2", "ISO42001 A.6.2.6", "AISVS C3"]
#   remediation: Pin a dated model build, announce changes in advance, and repeat the agent's evaluation before each switch.
package maestro.l1_foundation_models.model_version_floats

findings contains {"facts": [["model", "version_pinned"]]} if {
	input.model.version_pinned == false
	not input.model.change_notice
}
