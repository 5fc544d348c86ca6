# METADATA
# title: Model, provider, version and data terms disclosed
# description: |
#   A named, pinned and documented model can be assessed, and the assessment still holds
#   tomorrow.
# custom:
#   kind: strength
#   severity: credit
#   message: Model, provider, pinned build and model card are disclosed, and customer content is not used for training.
#   references: ["AICM-1.1 MDS-03", "AICM-1.1 MDS-04", "EU-AIA 13", "ISO42001 A.6.2.7", "AIUC-1 A001"]
#   remediation: Keep it so, and refresh the disclosure with every model change.
package maestro.l1_foundation_models.model_disclosed

findings contains {"facts": facts} if {
	input.model.card
	input.model.version_pinned
	input.model.name
	input.model.provider
	input.model.customer_data_training == false

	# no credit beside L1/customer-data-training
	not input.data.training_use
}

facts := [
	["model", "name"],
	["model", "provider"],
	["model", "version_pinned"],
	["model", "card"],
	["model", "customer_data_training"],
]
