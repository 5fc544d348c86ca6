package facts

import (
	"slices"

	"github.com/audition-dev/audition/internal/aivss"
)

// mitigates says on the rubric of the table which controls work against what the
// subject can do. Silence earns nothing: the value is what is certain.
func (s scene) mitigates(m rubric) Mitigation {
	holds := func(condition int) Claim { return s.conditions[condition].Claim }
	var reasons []Because
	var met, refused, every []Claim
	for _, k := range m.risks {
		var controls []Claim
		for _, id := range k.controls {
			controls = append(controls, holds(id))
		}
		control := or(controls...)
		if control.Value == Moot { // what does not apply works against nothing
			control.Value = No
		}
		met = append(met, and(holds(k.when), control))
		for _, id := range k.controls {
			c := s.conditions[id]
			if c.Value != Yes || holds(k.when).Value != Yes {
				continue
			}
			told := slices.ContainsFunc(reasons, func(b Because) bool { return slices.Equal(b.Facts(), c.Because()) })
			if !told {
				reasons = append(reasons, Because{c.Claim, c.about + ", and " + s.conditions[k.when].about})
				break
			}
		}
		every = append(every, or(lacking(holds(k.when)), control))
		if k.refused >= 0 {
			refused = append(refused, holds(k.refused))
		}
	}
	bare := or(refused...)
	controlled := or(met...)
	partial := and(controlled, lacking(bare))
	for _, id := range m.strong {
		every = append(every, holds(id))
	}
	strong := and(append(every, lacking(bare))...)
	out := Mitigation{Low: level("none"), High: level("none")}
	out.Decision = Decision{level("none"), Because{Text: "derived: no control that is known works against what it can do"}}
	switch {
	case strong.possible():
		out.Low = level("strong")
	case partial.possible():
		out.Low = level("partial")
	}
	switch {
	case strong.Value == Yes:
		for _, id := range m.strong {
			if c := s.conditions[id]; c.Value == Yes {
				reasons = append(reasons, Because{c.Claim, c.about})
			}
		}
		out.High, out.Value, out.Reasons = level("strong"), level("strong"), reasons
	case controlled.Value == Yes && bare.Value != Yes:
		out.Value, out.Reasons = level("partial"), reasons
	case bare.Value == Yes:
		out.Because = Because{bare, "derived: what it does is left without a control"}
	}
	if out.Reasons != nil {
		out.Because = Because{}
	}
	if partial.Value == Yes {
		out.High = out.Value
	}
	return out
}

func level(name string) aivss.Hundredths {
	l, _ := aivss.LevelByName(aivss.MitigationLevels(), name)
	return l.Value
}
