package assess

import (
	"fmt"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// own finds out whether a profile decides parts of its own score so that it is lower,
// or can be less high, than its facts say. As the configuration wants it, that counts
// and asks for a review, counts, or does not count.
func (a *Assessor) own(j *Judgement) ([]verdict.Reason, error) {
	s := j.Profile.Scoring
	none := len(s.Factors) == 0 && s.CVSS.Text == "" && s.Threat.Text == "" && s.Mitigation.Text == ""
	if none || a.config.Decisions == config.AcceptDecisions {
		return nil, nil
	}
	facts := *j.Profile
	facts.Scoring = profile.Scoring{}
	estimates, err := j.Derived.Estimates(&facts, a.config.FactorSet)
	if err != nil {
		return nil, err
	}
	derived, err := score(a.config.Formula, estimates)
	if err != nil || j.Score.AIVSS >= derived.AIVSS && j.Score.High >= derived.High {
		return nil, err
	}
	if a.config.Decisions == config.RefuseDecisions {
		j.Estimates, j.Score = estimates, derived
		return nil, nil
	}
	return []verdict.Reason{{
		Decision: verdict.Review, Gate: "scoring", Facts: []verdict.Fact{fact(j.Profile, "/scoring")},
		Message: fmt.Sprintf("its own scoring makes the AIVSS score %v, at most %v; from its facts it is %v, at most %v",
			j.Score.AIVSS, j.Score.High, derived.AIVSS, derived.High),
	}}, nil
}
