# METADATA
# title: Default gates
# description: |
#   Turn score and findings into reasons to reject or to review. Suppressed
#   findings and strengths are not in the input. The thresholds come from the
#   configuration. What rejects is not also a reason to review.
# schemas:
#   - input: schema.gate
package gate

reject contains {"rule": f.rule, "term": f.term, "message": message} if {
	some f in input.findings
	f.status == "confirmed"
	f.severity in rejected
	message := sprintf("%s finding: %s", [f.severity, f.message])
}

reject contains {"message": message} if {
	limit := input.config.thresholds.reject.score
	input.score.aivss >= limit
	message := sprintf("AIVSS score %v reaches %v", [input.score.aivss, limit])
}

review contains {"rule": f.rule, "term": f.term, "message": message} if {
	some f in input.findings
	f.status == "confirmed"
	f.severity in reviewed
	not f.severity in rejected
	message := sprintf("%s finding: %s", [f.severity, f.message])
}

review contains {"rule": f.rule, "term": f.term, "message": message} if {
	some f in input.findings
	f.status == "possible"
	f.severity in reviewed_possible
	message := sprintf("possible %s finding: %s", [f.severity, f.message])
}

review contains {"message": message} if {
	limit := input.config.thresholds.review.score
	input.score.aivss >= limit
	input.score.aivss < input.config.thresholds.reject.score
	message := sprintf("AIVSS score %v reaches %v", [input.score.aivss, limit])
}

review contains {"message": message} if {
	limit := input.config.thresholds.review.upper
	input.score.high >= limit
	input.score.aivss < input.config.thresholds.reject.score
	message := sprintf("AIVSS score may be as high as %v over what is undisclosed, which reaches %v", [input.score.high, limit])
}

# The severities that count, worked out once.
rejected := {s | some s, r in rank; r >= rank[input.config.thresholds.reject.confirmed]}

reviewed := {s | some s, r in rank; r >= rank[input.config.thresholds.review.confirmed]}

reviewed_possible := {s | some s, r in rank; r >= rank[input.config.thresholds.review.possible]}

rank := {"critical": 4, "high": 3, "medium": 2, "low": 1, "info": 0}
