# METADATA
# title: No ceiling on steps, time or spend
# description: |
#   A confused or hijacked agent does not stop by itself. Without a ceiling it loops
#   until somebody notices the bill or the outage.
# custom:
#   kind: weakness
#   severity: medium
#   possible: low
#   message: No ceiling on steps, time or spend is known to end a run.
#   threats: ["Denial of Service on Framework APIs (L3)", "Denial of Service (DoS) Attacks (L1)", "Denial-of-Service (DoS) through Overload (pattern)"]
#   references: ["LLM06:2026", OWASP-T4, MAS-T32, BV-6, AML.T0034.002, "AICM-1.1 I&S-02", CWE-770, CWE-835]
#   remediation: Set ceilings on steps, recursion, time and cost for each run; stop hard, then alert.
package maestro.l3_agent_frameworks.run_limits_missing

findings contains {"facts": [exposure], "controls": limits} if {
	some exposure in exposures
	not stepwise
	not input.orchestration.limits.steps
	not input.orchestration.limits.time
	not input.orchestration.limits.budget
}

# What the agent can do is not certain, but it is declared to have no ceiling.
findings contains {"facts": limits} if {
	input.orchestration.limits.steps == false
	input.orchestration.limits.time == false
	input.orchestration.limits.budget == false
	count(exposures) == 0
	not stepwise
	not inert
}

# A person who judges every action ends the run.
stepwise if {
	input.oversight.approval == "always"
	not input.oversight.informed_approval == false
}

limits := [["orchestration", "limits", limit] | some limit in ["steps", "time", "budget"]]

exposures contains ["derived", "has_tools"] if input.derived.has_tools

exposures contains ["derived", "code_execution"] if input.derived.code_execution

inert if {
	input.derived.has_tools == false
	input.derived.code_execution == false
}
