package assess

import (
	"fmt"
	"time"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/assessment"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/override"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// scoring is how the score of an agent comes about: from its facts, from what the
// organisation decided about it and, as far as that may count, from what the
// profile decides itself.
type scoring struct {
	config      config.Config
	table       *facts.Table
	assessments []assessment.Assessment
	day         time.Time
	// before and changed are those of [facts.How].
	before  *facts.Estimates
	changed []string
}

// scored is a score, and what led to it.
type scored struct {
	verdict.Score
	estimates  *facts.Estimates
	assessment *verdict.Assessment
	reasons    []verdict.Reason
}

// of computes the score of a profile. What the profile decides so that its score is
// lower, or can be less high, counts as the configuration wants it: with a review,
// like anything else, or not at all.
func (s scoring) of(p *profile.Profile, d facts.Derived) (out scored, err error) {
	own, outside := within(p.Scoring)
	assessed, noted := s.assessed(p)
	if out, err = s.with(p, d, own.Under(assessed)); err != nil {
		return out, err
	}
	s.before, s.changed = out.estimates, nil
	defer func() { s.tell(p, &out, outside) }()
	out.assessment = noted
	if own.Empty() && assessed.Empty() {
		return out, nil
	}
	out.Decided = decided(p, own.Under(assessed))
	facts, err := s.with(p, d, override.Scoring{})
	if err != nil {
		return out, err
	}
	if lower(out.Score, facts.Score) {
		out.ByFacts = &verdict.ByFacts{AIVSS: facts.AIVSS, High: facts.High}
	}
	without := facts
	if !assessed.Empty() {
		if without, err = s.with(p, d, assessed); err != nil {
			return out, err
		}
	}
	if !lower(out.Score, without.Score) || s.config.Decisions == config.AcceptDecisions {
		return out, nil
	}
	if s.config.Decisions == config.RefuseDecisions {
		return s.refused(p, without, noted, assessed), nil
	}
	out.reasons = []verdict.Reason{{
		Decision: verdict.Review, Gate: "scoring", Facts: []verdict.Fact{fact(p, "/scoring")},
		Message: fmt.Sprintf("its own scoring makes the AIVSS score %v, at most %v; without that it is %v, at most %v",
			out.AIVSS, out.High, without.AIVSS, without.High),
	}}
	return out, nil
}

// within leaves out multipliers of a profile that are lower than any standard has
// them. They are not worth an answer of their own: without them the agent is judged.
func within(s override.Scoring) (override.Scoring, []override.Estimate) {
	var outside []override.Estimate
	for _, m := range []struct {
		*override.Estimate
		check func(aivss.Hundredths) error
	}{{&s.Threat, aivss.CheckThreat}, {&s.Mitigation, aivss.CheckMitigation}} {
		v, err := aivss.ParseHundredths(m.Text)
		if m.Number && err == nil && v > 0 && v < 100 && m.check(v) != nil {
			outside = append(outside, *m.Estimate)
			m.Estimate.Text = ""
		}
	}
	return s, outside
}

// tell says what does not count because no standard has it, and asks for a review
// unless nothing of the kind counts anyway.
func (s scoring) tell(p *profile.Profile, out *scored, outside []override.Estimate) {
	for _, e := range outside {
		said := fmt.Sprintf("scoring.%s: %s does not count: no standard has it so low", e.Name, e.Text)
		out.Warnings = append(out.Warnings, said)
		if s.config.Decisions != config.RefuseDecisions {
			out.reasons = append(out.reasons, verdict.Reason{Decision: verdict.Review, Gate: "scoring", Facts: []verdict.Fact{fact(p, e.Pointer)}, Message: said})
		}
	}
}

// refused is a score without what the profile decides itself.
func (s scoring) refused(p *profile.Profile, out scored, noted *verdict.Assessment, assessed override.Scoring) scored {
	out.assessment, out.Decided = noted, decided(p, assessed)
	out.Warnings = append(out.Warnings, "what the profile decides about its own score does not count here: scoring.decisions is refuse")
	return out
}

// how says how estimates are made; a formula without a mitigation factor gets none.
func (s scoring) how() facts.How {
	return facts.How{
		Set: s.config.FactorSet, Table: s.table,
		Mitigate: s.config.Mitigation == config.DerivedMitigation && s.config.Formula.Mitigates,
		Before:   s.before, Changed: s.changed,
	}
}

func lower(a, b verdict.Score) bool { return a.AIVSS < b.AIVSS || a.High < b.High }

// with computes the score that some decisions lead to.
func (s scoring) with(p *profile.Profile, d facts.Derived, decisions override.Scoring) (out scored, err error) {
	q := *p
	q.Scoring = decisions
	if out.estimates, err = d.Estimates(&q, s.how()); err != nil {
		return out, err
	}
	if out.Score, err = score(s.config.Formula, out.estimates); err != nil {
		return out, fmt.Errorf("%s: %w", p.Source, err)
	}
	return out, nil
}

// assessed is what the organisation decided about the agent, and what the verdict
// says of that: without facts as they were assessed, or after its day, nothing.
func (s scoring) assessed(p *profile.Profile) (override.Scoring, *verdict.Assessment) {
	for _, a := range s.assessments {
		if a.Agent != p.Metadata.Name {
			continue
		}
		state, why := a.For(p, s.day)
		noted := &verdict.Assessment{
			Source: a.Source, Line: a.Line, Assessor: a.Assessor, State: string(state), Why: why,
			Date: a.Date.Format(time.DateOnly), Expires: a.Expires.Format(time.DateOnly),
		}
		if state == assessment.Active {
			return a.Scoring, noted
		}
		return override.Scoring{}, noted
	}
	return override.Scoring{}, nil
}

// decided says what was decided, and by whom. Of what two decided the last counts.
func decided(p *profile.Profile, s override.Scoring) []verdict.Decided {
	out := []verdict.Decided{}
	for _, e := range s.Decided() {
		d := verdict.Decided{What: e.Name, Value: e.Text, By: e.By, Because: e.Because}
		if e.By == "" {
			d.Line = p.Position(e.Pointer).Line
		}
		out = append(out, d)
	}
	return out
}
