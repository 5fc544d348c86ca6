package profile

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/audition-dev/audition/internal/document"
)

// Scoring is what an assessor has already decided.
type Scoring struct {
	CVSS, Threat, Mitigation Estimate
	// Factors are sorted by name.
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
}

func readScoring(v any) Scoring {
	object, _ := v.(map[string]any)
	at := func(name string) Estimate { return readEstimate("/scoring", name, object[name]) }
	s := Scoring{CVSS: at("cvss"), Threat: at("threat"), Mitigation: at("mitigation")}
	factors, _ := object["factors"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(factors)) {
		s.Factors = append(s.Factors, readEstimate("/scoring/factors", name, factors[name]))
	}
	return s
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
