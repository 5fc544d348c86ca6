// Package aivss computes the OWASP AI Vulnerability Scoring System (AIVSS).
//
// It is meant to be read beside the specifications: [V08] and [V05] are the
// published formulas, [Amended] the proposed repair of v0.8, and each
// [FactorSet] is one published list of ten agentic factors with its rubric.
// [Score] computes a result from an [Input]; [ParseVector] turns a CVSS v4.0
// vector into the base score that the formulas start from.
//
// All arithmetic is on integers. Numbers have a fixed number of decimals
// ([Tenths], [Hundredths], [Exact]), a result is rounded half up exactly once,
// and the severity band is read off the rounded score.
//
// Sources: "AIVSS Scoring System For OWASP Agentic AI Core Security Risks"
// v0.5 (2025) and v0.8 (2026); the amendment is MindXO's proposal of April 2026
// for v1.
package aivss

import (
	"fmt"
	"strings"
)

// Input is everything a score depends on.
type Input struct {
	Formula Formula
	// Set says which ten factors Factors are.
	Set *FactorSet
	// CVSSBase is the CVSS v4.0 base score, 0.0 to 10.0.
	CVSSBase Tenths
	// Factors are the values of Set.Factors in the same order, 0.00 to 1.00 each.
	Factors [FactorCount]Hundredths
	// Threat is the threat multiplier ThM; see [ThreatLevels].
	Threat Hundredths
	// Mitigation is the mitigation factor; see [MitigationLevels]. v0.5 knows none: 1.00.
	Mitigation Hundredths
}

// Result is a score with every intermediate of its formula.
type Result struct {
	// Score is the AIVSS score, 0.0 to 10.0, rounded half up once.
	Score Tenths
	// Severity is the band of Score.
	Severity Severity
	// FactorSum is the sum of the ten factors, 0.00 to 10.00.
	FactorSum Hundredths
	// AARS is the uplift over the CVSS base in v0.8 and the amended formula, and
	// the factor sum itself in v0.5. The two are not comparable.
	AARS Exact
	// Raw is the score before rounding and before the cap at 10.
	Raw Exact
	// K is the share of the way to 10 that the factors take: unmitigated, Raw is
	// (1 − K) × CVSS + 10 × K, so the nearer K is to 1, the less the CVSS base
	// matters. It is 0 in v0.5, which weighs both halves alike.
	K Exact
}

// Multipliers that no published table has are accepted within bounds: threat
// models in use have threats from 0.90 to 1.10, and no table mitigates below 0.50.
const (
	minThreat, maxThreat Hundredths = 90, 200
	minMitigation        Hundredths = 50
)

// CheckThreat tells what is wrong with a threat multiplier, if anything: it is that
// of a level, or from 0.90 to 2.00.
func CheckThreat(v Hundredths) error {
	if isLevel(ThreatLevels(), v) || minThreat <= v && v <= maxThreat {
		return nil
	}
	return fmt.Errorf("expected %s or %v to %v, got %v", strings.Join(LevelNames(ThreatLevels()), ", "), minThreat, maxThreat, v)
}

// CheckMitigation tells what is wrong with a mitigation factor, if anything: it is
// from 0.50 to 1.00.
func CheckMitigation(v Hundredths) error {
	if minMitigation <= v && v <= 100 {
		return nil
	}
	return fmt.Errorf("expected %s or %v to 1.0, got %v", strings.Join(LevelNames(MitigationLevels()), ", "), minMitigation, v)
}

// Score computes in exactly. It fails on a value out of range, and on a
// mitigation other than 1.00 with a formula that has none.
func Score(in Input) (Result, error) {
	if err := in.check(); err != nil {
		return Result{}, err
	}
	var sum Hundredths
	for _, v := range in.Factors {
		sum += v
	}
	aars, raw, k := in.Formula.compute(int64(in.CVSSBase), int64(sum), int64(in.Threat), int64(in.Mitigation))
	score := raw.roundHalfUp()
	if score > 100 {
		score = 100
	}
	return Result{Score: score, Severity: Band(score), FactorSum: sum, AARS: aars, Raw: raw, K: k}, nil
}

func (in Input) check() error {
	switch {
	case in.Formula.compute == nil:
		return fmt.Errorf("formula: expected one of %s", strings.Join(FormulaNames(), ", "))
	case in.Set == nil:
		return fmt.Errorf("factor set: expected one of %s", strings.Join(FactorSetNames(), ", "))
	case in.CVSSBase < 0 || in.CVSSBase > 100:
		return fmt.Errorf("CVSS base: expected 0.0 to 10.0, got %v", in.CVSSBase)
	case in.Mitigation != 100 && !in.Formula.Mitigates:
		return fmt.Errorf("mitigation: formula %s has none, expected 1.0, got %v", in.Formula.Name, in.Mitigation)
	}
	if err := CheckThreat(in.Threat); err != nil {
		return fmt.Errorf("threat: %w", err)
	}
	if err := CheckMitigation(in.Mitigation); err != nil {
		return fmt.Errorf("mitigation: %w", err)
	}
	for i, v := range in.Factors {
		if v < 0 || v > 100 {
			return fmt.Errorf("%s: expected 0 to 1, got %v", in.Set.Factors[i].ID, v)
		}
	}
	return nil
}

// Warnings says what a reader of the result should know, from the published
// criticism of the formulas: an anomaly, a base of zero, values of no rubric.
func (in Input) Warnings(r Result) []string {
	var out []string
	if in.Formula.Name == V08.Name && r.Raw < Exact(in.CVSSBase)*(exactUnit/10) {
		out = append(out, fmt.Sprintf("the mitigation factor puts the score below its CVSS base of %v, a known anomaly of formula v0.8; the amended formula mitigates the uplift only", in.CVSSBase))
	}
	if in.CVSSBase == 0 {
		out = append(out, "the CVSS base is 0.0: nothing is vulnerable, and the whole score comes from the factors")
	}
	if off := in.OffRubric(); len(off) > 0 {
		out = append(out, "no published table has the value of "+strings.Join(off, ", "))
	}
	if r.Raw > 10*exactUnit {
		out = append(out, fmt.Sprintf("the threat multiplier is above 1 and the score of %v is capped at 10.0", r.Raw))
	}
	return out
}

// OffRubric names the inputs whose value no published table contains, in the
// order cvss, factors, threat, mitigation. They are computed all the same.
func (in Input) OffRubric() []string {
	var off []string
	for i, v := range in.Factors {
		if v != 0 && v != 50 && v != 100 {
			off = append(off, in.Set.Factors[i].ID)
		}
	}
	if !isLevel(ThreatLevels(), in.Threat) {
		off = append(off, "threat")
	}
	if !isLevel(MitigationLevels(), in.Mitigation) {
		off = append(off, "mitigation")
	}
	return off
}
