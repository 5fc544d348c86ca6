package facts

import (
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/override"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/suggest"
)

// Estimates are everything a score starts from.
type Estimates struct {
	Set     *aivss.FactorSet
	Factors [aivss.FactorCount]Estimate
	CVSS    CVSS
	// Threat has no interval: without a decision it is the specification's default, poc.
	Threat     Decision
	Mitigation Mitigation
	// Derived names what was derived from facts: factors, cvss, mitigation.
	Derived []string

	scene scene
}

// Estimate is a factor value and what it may be over what is undisclosed.
type Estimate struct {
	Low, Value, High aivss.Hundredths
	// Shares explain a derived factor of set v0.5.
	Shares []Share
	Because
}

// CVSS is a base score and what it may be over what is undisclosed.
type CVSS struct {
	// Vector is empty when only a number was given.
	Vector           string
	Low, Value, High aivss.Tenths
	// Metrics explain a derived vector, in the order of the specification.
	Metrics []Metric
	Because
}

// Metric is one CVSS base metric: the value that is scored and what it may be.
type Metric struct {
	Name             string
	Low, Value, High string
	Because
}

// Decision is a multiplier that was decided or left at its default.
type Decision struct {
	Value aivss.Hundredths
	Because
}

// Mitigation is a mitigation factor and what it may be over what is undisclosed.
type Mitigation struct {
	Decision
	Low, High aivss.Hundredths
	// Reasons are those of a derived factor below 1, one for each risk that is met.
	Reasons []Because
}

// How says how estimates are made.
type How struct {
	Set *aivss.FactorSet
	// Table is nil for the builtin one.
	Table *Table
	// Mitigate tells to derive a mitigation factor where none was decided.
	Mitigate bool
	// Before are estimates of the same subject by the same table, nil for none: what
	// changed since, JSON pointers as of [Table.Touches], is all that is looked at.
	Before  *Estimates
	Changed []string
}

// Because is why an estimate is as it is: for a derived one the facts, for a
// decision or an assumption what was said.
type Because struct {
	behind Claim
	// Text is empty for a derived estimate.
	Text string
}

// Facts are JSON pointers into the profile's input, sorted.
func (b Because) Facts() []string { return b.behind.Because() }

// Alone is the reason without words.
func (b Because) Alone() Because { return Because{behind: b.behind} }

// said is the reason of what stands at a JSON pointer.
func said(pointer, text string) Because { return Because{claim(Yes, pointer), text} }

// Estimates derives what a score starts from and puts the decisions of the
// profile's scoring over it. It fails, with the place, on a decision that
// AIVSS does not accept.
func (d Derived) Estimates(p *profile.Profile, how How) (*Estimates, error) {
	set, table := how.Set, how.Table
	if table == nil {
		table = Builtin()
	}
	var before scene
	if how.Before != nil {
		before = how.Before.scene
	}
	s := table.at(scene{profile: p, derived: d.Claims}, before, how.Changed)
	e := &Estimates{Set: set, scene: s}
	given := map[int]override.Estimate{}
	for _, f := range p.Scoring.Factors {
		i, ok := set.Index(f.Name)
		if !ok {
			return nil, f.Errorf("unknown factor of set %s%s", set.Name, suggest.DidYouMean(f.Name, set.IDs(), set.Aliases()...))
		}
		if earlier, twice := given[i]; twice && earlier.By == f.By {
			return nil, f.Errorf("is the same factor as %s", earlier.Name)
		}
		given[i] = f
	}
	for i := range set.Factors {
		decided, ok := given[i]
		if !ok {
			e.Factors[i] = s.factor(table, set, i)
			continue
		}
		v, err := hundredths(decided, share)
		if err != nil {
			return nil, err
		}
		e.Factors[i] = Estimate{Low: v, Value: v, High: v, Because: decision(decided)}
	}
	if len(given) < aivss.FactorCount {
		e.Derived = append(e.Derived, "factors")
	}
	return e, e.decide(s, table, how.Mitigate)
}

func (s scene) factor(t *Table, set *aivss.FactorSet, i int) Estimate {
	if set.Name == aivss.SetV08.Name {
		return s.level(t.levels[i])
	}
	return s.estimate(t.factors[i])
}

// decide fills in CVSS, threat and mitigation.
func (e *Estimates) decide(s scene, t *Table, mitigate bool) (err error) {
	p, threat := s.profile, ""
	if given := p.Scoring.CVSS; given.Text == "" {
		e.CVSS, err = s.cvss(t)
		e.Derived = append(e.Derived, "cvss")
	} else {
		e.CVSS, threat, err = decidedCVSS(given)
	}
	if err != nil {
		return err
	}
	if e.Threat, err = multiplier(p.Scoring.Threat, aivss.ThreatLevels(), "poc", aivss.CheckThreat); err != nil {
		return err
	}
	if level, ok := aivss.ThreatOf(threat); ok && p.Scoring.Threat.Text == "" {
		e.Threat = Decision{level.Value, said(p.Scoring.CVSS.Pointer, "E:"+threat+" is "+level.Name)}
	}
	if mitigate && p.Scoring.Mitigation.Text == "" {
		e.Mitigation = s.mitigates(t.mitigation)
		e.Derived = append(e.Derived, "mitigation")
		return nil
	}
	m, err := multiplier(p.Scoring.Mitigation, aivss.MitigationLevels(), "none", aivss.CheckMitigation)
	e.Mitigation = Mitigation{Decision: m, Low: m.Value, High: m.Value}
	if m := p.Scoring.Mitigation; err == nil && e.Mitigation.Value < 100 && m.Because == "" {
		return m.Errorf("below 1 it needs a because: which controls, and what shows that they work; write {value: %s, because: …}", m.Text)
	}
	return err
}

func decidedCVSS(s override.Estimate) (c CVSS, threat string, err error) {
	c.Because = decision(s)
	if s.Number {
		base, err := aivss.ParseTenths(s.Text)
		if err == nil && (base < 0 || base > 100) {
			err = fmt.Errorf("expected 0.0 to 10.0, got %s", s.Text)
		}
		if err != nil {
			return c, "", s.Errorf("CVSS base score: %v", err)
		}
		c.Low, c.Value, c.High = base, base, base
		return c, "", nil
	}
	v, err := aivss.ParseVector(s.Text)
	if err != nil {
		return c, "", s.Errorf("%v", err)
	}
	if s.Base != "" {
		if stated, err := aivss.ParseTenths(s.Base); err != nil || stated != v.Base() {
			return c, "", s.Errorf("base %s: the vector scores %v", s.Base, v.Base())
		}
	}
	c.Vector, c.Low, c.Value, c.High = v.String(), v.Base(), v.Base(), v.Base()
	return c, v.Threat, nil
}

// multiplier reads a level by name, or a number that passes the check.
func multiplier(s override.Estimate, levels []aivss.Level, byDefault string, check func(aivss.Hundredths) error) (Decision, error) {
	if s.Text == "" {
		level, _ := aivss.LevelByName(levels, byDefault)
		return Decision{level.Value, said(s.Pointer, "not decided; the default is "+byDefault)}, nil
	}
	if s.Number {
		v, err := hundredths(s, check)
		return Decision{v, decision(s)}, err
	}
	level, ok := aivss.LevelByName(levels, s.Text)
	if !ok {
		return Decision{}, s.Errorf("unknown %s %q%s", s.Name, s.Text, suggest.DidYouMean(s.Text, aivss.LevelNames(levels)))
	}
	return Decision{level.Value, decision(s)}, nil
}

// hundredths reads a number that passes the check.
func hundredths(s override.Estimate, check func(aivss.Hundredths) error) (aivss.Hundredths, error) {
	v, err := aivss.ParseHundredths(s.Text)
	if err == nil {
		err = check(v)
	}
	if err != nil {
		return 0, s.Errorf("%v", err)
	}
	return v, nil
}

// share is the check of a factor.
func share(v aivss.Hundredths) error {
	if v < 0 || v > 100 {
		return fmt.Errorf("expected 0.0 to 1.0, got %v", v)
	}
	return nil
}

func decision(s override.Estimate) Because {
	switch {
	case s.By != "":
		return Because{Text: s.Because + "; decided by " + s.By}
	case s.Because != "":
		return said(s.Pointer, s.Because)
	}
	return said(s.Pointer, "decided in the profile")
}

// Describe says what the profile says of a fact: its value, or that it is not
// disclosed or does not apply.
func Describe(p *profile.Profile, pointer string) string {
	switch v, _ := p.Lookup(pointer); v := v.(type) {
	case nil:
		if p.IsOptional(pointer) {
			return profile.Optional
		}
		if !p.Applies(pointer) {
			return "not applicable"
		}
		return "not disclosed"
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case []any:
		if len(v) == 0 {
			return "none listed"
		}
		texts := make([]string, 0, len(v))
		for _, item := range v {
			if text, ok := item.(string); ok {
				texts = append(texts, text)
			}
		}
		if len(texts) == len(v) {
			return strings.Join(texts, ", ")
		}
		return fmt.Sprintf("%d listed", len(v))
	case map[string]any:
		return "disclosed"
	default:
		return fmt.Sprint(v)
	}
}
