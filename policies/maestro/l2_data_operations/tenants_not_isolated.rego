# METADATA
# title: Tenants are not isolated
# description: |
#   Customers share one deployment. Without a boundary in storage, index, cache and
#   memory, one customer's data can surface in another's session.
# custom:
#   kind: weakness
#   severity: critical
#   possible: high
#   message: Several customers share one deployment and no isolation between them is known.
#   controls: [/data/tenant_isolation]
#   threats: ["Data Leakage (Cross-Layer)", "Data Exfiltration (L2)"]
#   references: ["LLM09:2026", BV-5, MCP10:2025, MAS-T42, "AICM-1.1 I&S-06", "AIUC-1 A005", CWE-668]
#   remediation: Give each tenant its own storage, index, cache, memory and runtime. Test for bleed and document the boundary.
package maestro.l2_data_operations.tenants_not_isolated

findings contains {"facts": [["derived", "multi_tenant"]]} if {
	input.derived.multi_tenant
	not input.data.tenant_isolation
}
