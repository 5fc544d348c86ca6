// Package override is what somebody decided about a score, instead of what follows from
// the facts.
package override

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/audition-dev/audition/internal/document"
)

// Scoring is what somebody decided about the score: the profile itself, or an
// assessment of an organisation.
type Scoring struct {
	CVSS, Threat, Mitigation Estimate
	// Factors are sorted by name, those of an assessment after a profile's.
	Factors []Estimate
}

// Estimate is one decided value, as it was written; the score gives it meaning.
// Without a value nothing was decided.
type Estimate struct {
	Name    string
	Pointer string
	// Text is the value as written, "" when nothing was decided.
	Text string
	// Number tells that Text was written as a number.
	Number bool
	// Base is a base score stated beside a CVSS vector.
	Base    string
	Because string
	// By is who decided, "" for the profile itself.
	By  string
	doc *document.Document
}

// Errorf makes an error about the value, at its place.
func (e Estimate) Errorf(format string, args ...any) error {
	return e.doc.Errorf(e.Pointer, format, args...)
}

// Empty tells that nothing was decided.
func (s Scoring) Empty() bool { return len(s.Decided()) == 0 }

// Decided lists what was decided.
func (s Scoring) Decided() (out []Estimate) {
	for _, e := range slices.Concat([]Estimate{s.CVSS}, s.Factors, []Estimate{s.Threat, s.Mitigation}) {
		if e.Text != "" {
			out = append(out, e)
		}
	}
	return out
}

// Read reads what the section scoring of a document decides, by whom.
func Read(doc *document.Document, by string) Scoring {
	object, _ := doc.Root["scoring"].(map[string]any)
	read := func(parent, name string, v any) Estimate {
		e := readEstimate(parent, name, v)
		e.By, e.doc = by, doc
		return e
	}
	at := func(name string) Estimate { return read("/scoring", name, object[name]) }
	s := Scoring{CVSS: at("cvss"), Threat: at("threat"), Mitigation: at("mitigation")}
	factors, _ := object["factors"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(factors)) {
		s.Factors = append(s.Factors, read("/scoring/factors", name, factors[name]))
	}
	return s
}

// Under returns what s and an assessment decide together: of what both decide, the
// assessment counts.
func (s Scoring) Under(assessed Scoring) Scoring {
	over := func(a, b Estimate) Estimate {
		if b.Text != "" {
			return b
		}
		return a
	}
	return Scoring{
		CVSS: over(s.CVSS, assessed.CVSS), Threat: over(s.Threat, assessed.Threat), Mitigation: over(s.Mitigation, assessed.Mitigation),
		Factors: slices.Concat(s.Factors, assessed.Factors),
	}
}

func readEstimate(parent, name string, v any) Estimate {
	e := Estimate{Name: name, Pointer: document.Join(parent, name)}
	if object, ok := v.(map[string]any); ok {
		e.Because, _ = object["because"].(string)
		if base, ok := object["base"].(json.Number); ok {
			e.Base = base.String()
		}
		v = object["value"]
	}
	switch v := v.(type) {
	case json.Number:
		e.Text, e.Number = v.String(), true
	case string:
		e.Text = v
	}
	return e
}
