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
	message := sprintf("AIVSS score %s reaches %s", [shown(input.score.aivss), shown(limit)])
}

reviews contains {"about": "score", "message": message} if {
	limit := input.config.thresholds.review.score
	input.score.aivss >= limit
	input.score.aivss < input.config.thresholds.reject.score
	message := sprintf("AIVSS score %s reaches %s", [shown(input.score.aivss), shown(limit)])
}

reviews contains {"about": "score_high", "message": message} if {
	limit := input.config.thresholds.review.upper
	input.score.high >= limit
	input.score.aivss < input.config.thresholds.reject.score
	message := sprintf("AIVSS score may be as high as %s over what is undisclosed, which reaches %s", [shown(input.score.high), shown(limit)])
}

reviews contains {"about": "score_unmitigated", "message": message} if {
	limit := input.config.thresholds.review.score
	input.score.unmitigated >= limit
	input.score.aivss < limit
	message := sprintf("AIVSS score without the controls that lower it %s reaches %s, and nobody attested them", [shown(input.score.unmitigated), shown(limit)])
}

# A score has one decimal, also where that is 0.
shown(score) := sprintf("%d.%d", [floor(score), round(score * 10) % 10])
