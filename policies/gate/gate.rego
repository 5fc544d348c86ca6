# METADATA
# title: Default gates
# description: |
#   Turn score and findings into reasons to reject or to review; the thresholds
#   come from the configuration. What rejects is not also a reason to review.
# schemas:
#   - input: schema.gate
package gate

import data.gate.floor
import data.gate.score

reject contains reason if some reason in score.rejects

review contains reason if some reason in score.reviews

reject contains {"rule": f.rule, "term": f.term, "message": message} if {
	some f in input.findings
	f.status == "confirmed"
	at_least(f.severity, input.config.thresholds.reject.confirmed)
	message := sprintf("%s finding: %s", [f.severity, f.message])
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

review contains {"message": message} if {
	some message in floor.reasons
}

at_least(severity, limit) if rank[severity] >= rank[limit]

rank := {"critical": 4, "high": 3, "medium": 2, "low": 1, "info": 0}
