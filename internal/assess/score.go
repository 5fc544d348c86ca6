package assess

import (
	"slices"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// score computes the score and its interval over what is undisclosed.
func score(p *profile.Profile, formula aivss.Formula, e *facts.Estimates) (verdict.Score, error) {
	in := aivss.Input{Formula: formula, Set: e.Set, CVSSBase: e.CVSS.Value, Threat: e.Threat.Value, Mitigation: e.Mitigation.Value}
	low, high := in, in
	low.CVSSBase, high.CVSSBase = e.CVSS.Low, e.CVSS.High
	for i, f := range e.Factors {
		in.Factors[i], low.Factors[i], high.Factors[i] = f.Value, f.Low, f.High
	}
	r, err := aivss.Score(in)
	if err != nil {
		return verdict.Score{}, err
	}
	s := verdict.Score{
		AIVSS: r.Score, Severity: r.Severity, Formula: formula.Name, FactorSet: e.Set.Name,
		CVSSBase: in.CVSSBase, CVSSVector: e.CVSS.Vector,
		AARS: r.AARS.Hundredths().String(), FactorSum: r.FactorSum.String(), Raw: r.Raw.String(),
		Threat: in.Threat, Mitigation: in.Mitigation,
		Derived: append([]string{}, e.Derived...), OffRubric: append([]string{}, in.OffRubric()...),
		Factors: []verdict.Factor{}, CVSSMetrics: []verdict.Metric{},
	}
	if s.Low, s.High, err = interval(r.Score, low, high); err != nil {
		return s, err
	}
	if in.Mitigation < 100 {
		if s.Unmitigated, s.Amended, err = beside(in); err != nil {
			return s, err
		}
	}
	explain(p, e, &s)
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

// explain adds factors and metrics with their reasons, and counts the
// undisclosed facts that the interval is over.
func explain(p *profile.Profile, e *facts.Estimates, s *verdict.Score) {
	var open []string
	reasons := func(because []facts.Reason, certain bool) []verdict.Because {
		out := make([]verdict.Because, len(because))
		for i, r := range because {
			out[i] = verdict.Because{Fact: p.Original(r.Fact), Text: r.Text}
			if _, disclosed := p.Lookup(r.Fact); disclosed && r.Fact != "" {
				out[i].Line = p.Position(r.Fact).Line
			} else if !certain && r.Fact != "" {
				open = append(open, r.Fact)
			}
		}
		return out
	}
	for i, f := range e.Factors {
		factor := e.Set.Factors[i]
		s.Factors = append(s.Factors, verdict.Factor{
			ID: factor.ID, Name: factor.Name, Value: f.Value, Low: f.Low, High: f.High,
			Because: reasons(f.Because, f.Low == f.High),
		})
	}
	for _, m := range e.CVSS.Metrics {
		s.CVSSMetrics = append(s.CVSSMetrics, verdict.Metric{
			ID: m.Name, Value: m.Value, Low: m.Low, High: m.High, Because: reasons(m.Because, m.Low == m.High),
		})
	}
	slices.Sort(open)
	s.Undisclosed = len(slices.Compact(open))
}
