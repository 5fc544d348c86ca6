package gate.score_test

import data.gate.score

scored(aivss, high) := mitigated(aivss, high, aivss)

mitigated(aivss, high, unmitigated) := {
	"score": {"aivss": aivss, "high": high, "unmitigated": unmitigated},
	"config": {"thresholds": {"reject": {"score": 9.0}, "review": {"score": 7.0, "upper": 9.0}}},
}

reasons(set) := {r.message | some r in set}

test_score_rejects_at_the_threshold if {
	reasons(score.rejects) == {"AIVSS score 9.0 reaches 9.0"} with input as scored(9.0, 9.0)
	score.rejects == set() with input as scored(8.9, 9.0)
}

test_score_reviews_at_the_threshold if {
	reasons(score.reviews) == {"AIVSS score 7.0 reaches 7.0"} with input as scored(7.0, 7.0)
	score.reviews == set() with input as scored(6.9, 6.9)
}

test_upper_bound_reviews if {
	reasons(score.reviews) == {"AIVSS score may be as high as 9.1 over what is undisclosed, which reaches 9.0"} with input as scored(5.0, 9.1)
}

test_controls_alone_do_not_approve if {
	reasons(score.reviews) == {"AIVSS score without the controls that lower it 7.0 reaches 7.0, and nobody attested them"} with input as mitigated(5.9, 6.1, 7.0)
	score.reviews == set() with input as mitigated(5.9, 6.1, 6.9)
	reasons(score.reviews) == {"AIVSS score 7.0 reaches 7.0"} with input as mitigated(7.0, 7.5, 8.4)
}

test_what_rejects_is_no_reason_to_review if {
	score.reviews == set() with input as scored(9.0, 9.5)
}
