# METADATA
# title: What the score leads to
# description: |
#   The score alone rejects or asks for a review, as do the upper end of its interval
#   and what it would be without the controls that lower it.
# schemas:
#   - input: schema.gate
package gate.score

rejects contains {"about": "score", "message": message} if {
	limit := input.config.thresholds.reject.score
	input.score.aivss >= limit
	message := sprintf("AIVSS score %v reaches %v", [input.score.aivss, limit])
}

reviews contains {"about": "score", "message": message} if {
	limit := input.config.thresholds.review.score
	input.score.aivss >= limit
	input.score.aivss < input.config.thresholds.reject.score
	message := sprintf("AIVSS score %v reaches %v", [input.score.aivss, limit])
}

reviews contains {"about": "score_high", "message": message} if {
	limit := input.config.thresholds.review.upper
	input.score.high >= limit
	input.score.aivss < input.config.thresholds.reject.score
	message := sprintf("AIVSS score may be as high as %v over what is undisclosed, which reaches %v", [input.score.high, limit])
}

reviews contains {"about": "score_unmitigated", "message": message} if {
	limit := input.config.thresholds.review.score
	input.score.unmitigated >= limit
	input.score.aivss < limit
	message := sprintf("AIVSS score without the controls that lower it %v reaches %v, and nobody attested them", [input.score.unmitigated, limit])
}
