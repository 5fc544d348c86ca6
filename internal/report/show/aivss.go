package show

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/suggest"
	"github.com/audition-dev/audition/internal/verdict"
)

// Assessment is what the AIVSS v0.8 report says beside the score.
type Assessment struct {
	System, Version string
	// Date is the day of the assessment, as YYYY-MM-DD.
	Date, Assessor string
	// Category is one of Categories.
	Category string
	Title    string
}

// Categories returns the categories that the v0.8 report schema allows: the
// OWASP Agentic AI Core Security Risks, v0.8 Appendix A.
func Categories() []string {
	return []string{
		"Agentic AI Tool Misuse",
		"Agent Access Control Violation",
		"Agent Cascading Failures",
		"Agent Orchestration & Multi-Agent Exploitation",
		"Agent Identity Impersonation",
		"Agent Memory & Context Manipulation",
		"Insecure Agent Critical Systems Interaction",
		"Agent Supply Chain & Dependency Risk",
		"Agent Untraceability",
		"Agent Goal & Instruction Manipulation",
	}
}

// ScoreAIVSS prints the report of OWASP AIVSS v0.8, Appendix A. It fails where
// that schema has no place for the score.
func ScoreAIVSS(w io.Writer, s verdict.Score, a Assessment) error {
	switch {
	case s.Formula != aivss.V08.Name || s.FactorSet != aivss.SetV08.Name:
		return fmt.Errorf("the v0.8 report holds formula v0.8 and factor set v0.8, got %s and %s", s.Formula, s.FactorSet)
	case s.CVSSVector == "":
		return fmt.Errorf("the v0.8 report needs a CVSS v4.0 vector, got the number %v alone", s.CVSSBase)
	case !slices.Contains(Categories(), a.Category):
		return fmt.Errorf("unknown category %q%s", a.Category, suggest.DidYouMean(a.Category, Categories()))
	case a.System == "" || a.Assessor == "":
		return fmt.Errorf("the v0.8 report needs the name of the system and the id of the assessor")
	case len(s.OffRubric) > 0:
		return fmt.Errorf("the v0.8 report holds published levels only, got other values of %s", strings.Join(s.OffRubric, ", "))
	}
	factors := make(object, 0, len(s.Factors))
	for _, f := range s.Factors {
		factors = append(factors, member{f.ID, f.Value})
	}
	scores := object{
		{"factor_sum", json.Number(s.FactorSum)}, {"aars", json.Number(s.AARSExact)},
		{"mitigation_factor", s.Mitigation}, {"aivss", s.AIVSS},
	}
	if s.Severity != aivss.None {
		scores = append(scores, member{"severity", s.Severity}) // the schema has no None
	}
	metadata := object{{"system_name", a.System}}
	if a.Version != "" {
		metadata = append(metadata, member{"system_version", a.Version})
	}
	metadata = append(metadata, member{"assessment_date", a.Date}, member{"assessor_id", a.Assessor})
	return print.Encode(w, object{
		{"metadata", metadata},
		{"vulnerabilities", []object{{
			{"id", "AIVSS-1"},
			{"title", a.Title},
			{"owasp_category", a.Category},
			{"cvss_base", object{{"vector_string", s.CVSSVector}, {"score", s.CVSSBase}}},
			{"amplification_factors", factors},
			{"threat_multiplier", s.Threat},
			{"scores", scores},
		}}},
	})
}

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON prints the members in order.
func (o object) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, m := range o {
		if i > 0 {
			out = append(out, ',')
		}
		name, err := print.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		value, err := print.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, name...), ':'), value...)
	}
	return append(out, '}'), nil
}
