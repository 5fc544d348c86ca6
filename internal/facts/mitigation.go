package facts

import "github.com/audition-dev/audition/internal/aivss"

// mitigates says on the rubric of the table which controls work against what the
// subject can do. Silence earns nothing: the value is what is certain.
func (s scene) mitigates(m rubric) Mitigation {
	holds := func(id string) Claim { return s.conditions[id].Claim }
	var met, refused, every []Claim
	for _, k := range m.risks {
		var controls []Claim
		for _, id := range k.controls {
			controls = append(controls, holds(id))
		}
		control := or(controls...)
		met = append(met, and(holds(k.when), control))
		every = append(every, or(lacking(holds(k.when)), control))
		if k.refused != "" {
			refused = append(refused, holds(k.refused))
		}
	}
	bare := or(refused...)
	partial := and(or(met...), lacking(bare))
	for _, id := range m.strong {
		every = append(every, holds(id))
	}
	strong := and(append(every, lacking(bare))...)
	out := Mitigation{Low: level("none"), High: level("none")}
	out.Decision = Decision{level("none"), Because{Text: "no control that is known works against what it can do"}}
	switch {
	case strong.possible():
		out.Low = level("strong")
	case partial.possible():
		out.Low = level("partial")
	}
	switch {
	case strong.Value == Yes:
		out.Value, out.Facts, out.Text = level("strong"), strong.Because, ""
	case partial.Value == Yes:
		out.Value, out.Facts, out.Text = level("partial"), partial.Because, ""
	case bare.Value == Yes:
		out.Facts, out.Text = bare.Because, "what it does is left without a control"
	}
	out.High = out.Value
	return out
}

func level(name string) aivss.Hundredths {
	l, _ := aivss.LevelByName(aivss.MitigationLevels(), name)
	return l.Value
}
