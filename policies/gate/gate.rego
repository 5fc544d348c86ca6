# METADATA
# title: Default gates
# description: |
#   Turn score and findings into reasons to reject or to review; the thresholds
#   come from the configuration. What rejects is not also a reason to review.
# schemas:
#   - input: schema.gate
package gate

import data.gate.floor

reject contains {"rule": f.rule, "term": f.term, "message": message} if {
	some f in input.findings
	f.status == "confirmed"
	at_least(f.severity, input.config.thresholds.reject.confirmed)
	message := sprintf("%s finding: %s", [f.severity, f.message])
}

reject contains {"about": "score", "message": message} if {
	limit := input.config.thresholds.reject.score
	input.score.aivss >= limit
	message := sprintf("AIVSS score %v reaches %v", [input.score.aivss, limit])
}

review contains {"rule": f.rule, "term": f.term, "message": message} if {
	some f in input.findings
	f.status == "confirmed"
	at_least(f.severity, input.config.thresholds.review.confirmed)
	not at_least(f.severity, input.config.thresholds.reject.confirmed)
	message := sprintf("%s finding: %s", [f.severity, f.message])
}

review contains {"rule": f.rule, "term": f.term, "message": message} if {
	some f in input.findings
	f.status == "possible"
	at_least(f.severity, input.config.thresholds.review.possible)
	message := sprintf("possible %s finding: %s", [f.severity, f.message])
}

review contains {"about": "score", "message": message} if {
	limit := input.config.thresholds.review.score
	input.score.aivss >= limit
	input.score.aivss < input.config.thresholds.reject.score
	message := sprintf("AIVSS score %v reaches %v", [input.score.aivss, limit])
}

review contains {"about": "score_high", "message": message} if {
	limit := input.config.thresholds.review.upper
	input.score.high >= limit
	input.score.aivss < input.config.thresholds.reject.score
	message := sprintf("AIVSS score may be as high as %v over what is undisclosed, which reaches %v", [input.score.high, limit])
}

review contains {"about": "score_unmitigated", "message": message} if {
	limit := input.config.thresholds.review.score
	input.score.unmitigated >= limit
	input.score.aivss < limit
	message := sprintf("AIVSS score without the controls that lower it %v reaches %v, and nobody attested them", [input.score.unmitigated, limit])
}

review contains {"message": message} if {
	some message in floor.reasons
}

at_least(severity, limit) if rank[severity] >= rank[limit]

rank := {"critical": 4, "high": 3, "medium": 2, "low": 1, "info": 0}
