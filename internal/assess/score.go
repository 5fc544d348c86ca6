package assess

import (
	"slices"
	"time"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// Calculate computes a score from inputs that are all decided. The vector is
// the one the base comes from, "" if it was given as a number.
func Calculate(in aivss.Input, vector string) (verdict.Score, error) {
	r, err := aivss.Score(in)
	if err != nil {
		return verdict.Score{}, err
	}
	s := verdict.Score{
		AIVSS: r.Score, Severity: r.Severity, Formula: in.Formula.Name, FactorSet: in.Set.Name,
		CVSSBase: in.CVSSBase, CVSSVector: vector, Low: r.Score, High: r.Score,
		AARS: r.AARS.Hundredths().String(), AARSExact: r.AARS.String(), FactorSum: r.FactorSum.String(),
		Raw: r.Raw.String(), K: r.K.String(), Threat: in.Threat, Mitigation: in.Mitigation,
		Warnings: append([]string{}, in.Warnings(r)...),
		Derived:  []string{}, OffRubric: append([]string{}, in.OffRubric()...), CVSSMetrics: []verdict.Metric{},
		CVSSBecause: []verdict.Because{}, ThreatBecause: []verdict.Because{}, MitigationBecause: []verdict.Because{},
	}
	for i, f := range in.Set.Factors {
		v := in.Factors[i]
		s.Factors = append(s.Factors, verdict.Factor{ID: f.ID, Name: f.Name, Value: v, Low: v, High: v, Because: []verdict.Because{}})
	}
	if in.Mitigation < 100 {
		s.Unmitigated, s.Amended, err = beside(in)
	}
	return s, err
}

// score computes a score from estimates, and its interval over what is
// undisclosed.
func score(formula aivss.Formula, e *facts.Estimates) (verdict.Score, error) {
	in := aivss.Input{Formula: formula, Set: e.Set, CVSSBase: e.CVSS.Value, Threat: e.Threat.Value, Mitigation: e.Mitigation.Value}
	low, high := in, in
	low.CVSSBase, high.CVSSBase = e.CVSS.Low, e.CVSS.High
	low.Mitigation, high.Mitigation = e.Mitigation.Low, e.Mitigation.High
	for i, f := range e.Factors {
		in.Factors[i], low.Factors[i], high.Factors[i] = f.Value, f.Low, f.High
	}
	s, err := Calculate(in, e.CVSS.Vector)
	if err != nil {
		return s, err
	}
	if s.Low, s.High, err = interval(s.AIVSS, low, high); err != nil {
		return s, err
	}
	for i, f := range e.Factors {
		s.Factors[i].Low, s.Factors[i].High = f.Low, f.High
	}
	s.Derived = append(s.Derived, e.Derived...)
	return s, nil
}

// interval takes the ends of the base and of the factors in every combination:
// with a threat multiplier above 1 a higher base can lower the score.
func interval(value aivss.Tenths, low, high aivss.Input) (least, most aivss.Tenths, err error) {
	least, most = value, value
	crossed := low
	crossed.CVSSBase = high.CVSSBase
	other := high
	other.CVSSBase = low.CVSSBase
	for _, in := range []aivss.Input{low, high, crossed, other} {
		r, err := aivss.Score(in)
		if err != nil {
			return 0, 0, err
		}
		least, most = min(least, r.Score), max(most, r.Score)
	}
	return least, most, nil
}

// beside computes what stands beside a mitigated score.
func beside(in aivss.Input) (unmitigated, amended *aivss.Tenths, err error) {
	repaired := in
	repaired.Formula = aivss.Amended
	a, err := aivss.Score(repaired)
	if err != nil {
		return nil, nil, err
	}
	in.Mitigation = 100
	u, err := aivss.Score(in)
	return &u.Score, &a.Score, err
}

// giveReasons adds the reasons of factors and metrics, and counts the undisclosed
// facts that the interval is over.
func giveReasons(p *profile.Profile, e *facts.Estimates, s *verdict.Score) {
	s.Factors = slices.Clone(s.Factors) // a judgement may be written more than once
	var open []string
	reasons := func(b facts.Because, certain bool) []verdict.Because {
		behind := b.Facts()
		if len(behind) == 0 {
			return []verdict.Because{{Text: b.Text}}
		}
		out := make([]verdict.Because, len(behind))
		for i, fact := range behind {
			out[i] = verdict.Because{Fact: p.Original(fact), Text: b.Text}
			if b.Text == "" {
				out[i].Text = facts.Describe(p, fact)
			}
			_, disclosed := p.Lookup(fact)
			if disclosed || p.IsOptional(fact) {
				out[i].Source, out[i].Line = p.Elsewhere(fact), p.Position(fact).Line
			}
			if !disclosed && !certain && p.Applies(fact) {
				open = append(open, fact)
			}
		}
		return out
	}
	for i, f := range e.Factors {
		if f.Shares == nil {
			s.Factors[i].Because = reasons(f.Because, f.Low == f.High)
		}
		for _, share := range f.Shares {
			because := headed(share.Said(), reasons(share.Alone(), share.Least == share.Most))
			because[0].Adds = &share.Adds
			s.Factors[i].Because = append(s.Factors[i].Because, because...)
		}
	}
	for _, m := range e.CVSS.Metrics {
		because := headed(m.Text, reasons(m.Alone(), m.Low == m.High))
		s.CVSSMetrics = append(s.CVSSMetrics, verdict.Metric{ID: m.Name, Value: m.Value, Low: m.Low, High: m.High, Because: because})
	}
	if e.CVSS.Text != "" {
		s.CVSSBecause = reasons(e.CVSS.Because, true)
	}
	s.ThreatBecause, s.MitigationBecause = reasons(e.Threat.Because, true), reasons(e.Mitigation.Because, true)
	if e.Mitigation.Reasons != nil {
		s.MitigationBecause = nil
	}
	for _, b := range e.Mitigation.Reasons {
		s.MitigationBecause = append(s.MitigationBecause, headed(b.Text, reasons(b.Alone(), true))[0])
	}
	slices.Sort(open)
	s.Undisclosed = len(slices.Compact(open))
}

// headed puts a reason in words at the head of its facts: at the first that is
// disclosed, before all of them where none is.
func headed(text string, because []verdict.Because) []verdict.Because {
	head := verdict.Because{Text: text}
	because = slices.DeleteFunc(because, func(b verdict.Because) bool { return b.Fact == "" })
	if i := slices.IndexFunc(because, func(b verdict.Because) bool { return b.Line > 0 }); i >= 0 {
		head.Fact, head.Source, head.Line = because[i].Fact, because[i].Source, because[i].Line
		because = slices.Delete(because, i, i+1)
	}
	return append([]verdict.Because{head}, because...)
}

// Score computes the score of a profile alone, without rules or gates, at a day.
func Score(p *profile.Profile, framework *maestro.Framework, cfg config.Config, o Options, day time.Time) (verdict.Score, error) {
	cfg.Demand.At = day
	p, _, err := p.Demand(cfg.Demand)
	if err != nil {
		return verdict.Score{}, fault.Undecided(err)
	}
	s, err := scoring{config: cfg, table: o.Table, assessments: o.Assessments, day: day}.of(p, facts.Derive(p, framework))
	if err != nil {
		return verdict.Score{}, fault.Undecided(err)
	}
	giveReasons(p, s.estimates, &s.Score)
	return s.Score, nil
}
