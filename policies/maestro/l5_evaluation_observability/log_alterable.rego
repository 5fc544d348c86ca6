# METADATA
# title: Log can be altered by what it records
# description: |
#   A log that the agent or its runtime can rewrite proves nothing: whoever takes
#   over the agent also takes over the record of it.
# custom:
#   kind: weakness
#   severity: medium
#   message: What is logged can alter or delete the log.
#   threats: ["Poisoning Observability Data (L5)", "Compromised Observability Tools (L5)"]
#   references: [MAS-T23, "AICM-1.1 LOG-02", "AICM-1.1 LOG-10", CWE-732, "AISVS C12"]
#   remediation: Write to an append-only store under a separate account; chain the entries and check that none is missing.
package maestro.l5_evaluation_observability.log_alterable

findings contains {"facts": [["monitoring", "integrity"]]} if input.monitoring.integrity == false
