# METADATA
# title: Customer content trains a model
# description: |
#   What customers enter becomes part of a model that serves others. It can be drawn out
#   again and cannot be deleted, and hostile content can bend the model.
# custom:
#   kind: weakness
#   severity: high
#   message: Customer content or connected business data trains or improves a model.
#   threats: ["Membership Inference Attacks (L1)", "Data Poisoning (Training Phase) (L1)", "Data Leakage (Cross-Layer)"]
#   references: ["LLM02:2026", AML.T0024.000, "AICM-1.1 DSP-12", "AICM-1.1 DSP-15", "AIUC-1 A001", "EU-AIA 10", CWE-359]
#   remediation: Do not train on customer content unless a contract opts in, and state for how many days the provider keeps it.
package maestro.l1_foundation_models.customer_data_training

findings contains {"facts": [["model", "customer_data_training"]]} if {
	input.model.customer_data_training
}

findings contains {"facts": [["data", "training_use"]]} if {
	input.data.training_use
}
