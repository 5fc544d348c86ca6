// Package assessment reads what an organisation decided about the score of an
// agent. An assessment is for the facts that were assessed and holds until a day:
// when the facts change it does not count any more.
package assessment

import (
	"fmt"
	"time"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/override"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/policies"
)

// Assessment is what was decided about one agent.
type Assessment struct {
	// Agent is the metadata.name of the profile, Facts the digest of its facts.
	Agent, Facts string
	// Assessor is who decided and answers for it.
	Assessor string
	// Date and Expires are the first and the last day on which it counts, in UTC.
	Date, Expires time.Time
	// Scoring is what was decided.
	Scoring override.Scoring
	// Source and Line are where it stands.
	Source string
	Line   int
}

// Place is where the assessment stands, as source:line.
func (a Assessment) Place() string { return fmt.Sprintf("%s:%d", a.Source, a.Line) }

// State is what an assessment comes to for a profile on a day.
type State string

// The states. Only an active assessment counts.
const (
	Active  State = "active"
	Pending State = "pending" // its day is still to come
	Expired State = "expired"
	Changed State = "changed" // the facts are not those that were assessed
)

// For says what the assessment comes to for a profile of its agent on a day, and
// in a few words why it does not count.
func (a Assessment) For(p *profile.Profile, day time.Time) (State, string) {
	facts := p.FactsDigest()
	switch {
	case day.After(a.Expires):
		return Expired, "ended on " + a.Expires.Format(time.DateOnly)
	case day.Before(a.Date):
		return Pending, "begins on " + a.Date.Format(time.DateOnly)
	case facts != a.Facts:
		return Changed, "the facts of " + a.Agent + " are not those that were assessed, but " + facts
	}
	return Active, ""
}

// schema is the compiled JSON Schema of assessments.
var schema = document.Embedded(policies.FS, "schema/assessment.jsonschema")

// Parse reads the assessments of a file, a document each. Its errors carry line and
// column; source names data in them. Whether the values are those of AIVSS is asked
// when they are used.
func Parse(source string, data []byte) ([]Assessment, error) {
	docs, err := document.Read(source, data)
	if err != nil {
		return nil, err
	}
	var out []Assessment
	var errs document.Errors
	for _, doc := range docs {
		invalid := doc.Validate(schema())
		if len(invalid) == 0 {
			a, wrong := read(doc)
			if wrong == nil {
				out = append(out, a)
				continue
			}
			invalid = document.Errors{wrong}
		}
		errs = append(errs, invalid...)
	}
	if len(errs) > 0 {
		return nil, errs.Sorted()
	}
	return out, nil
}

// read takes apart a document that the schema accepts.
func read(doc *document.Document) (Assessment, *document.Error) {
	text := func(key string) string {
		s, _ := doc.Root[key].(string)
		return s
	}
	a := Assessment{
		Agent: text("agent"), Facts: text("facts"), Assessor: text("assessor"),
		Source: doc.Source, Line: doc.Position("/agent").Line,
	}
	for _, day := range []struct {
		key string
		to  *time.Time
	}{{"date", &a.Date}, {"expires", &a.Expires}} {
		var err error
		if *day.to, err = time.Parse(time.DateOnly, text(day.key)); err != nil {
			return a, doc.Errorf("/"+day.key, "expected a day that exists, got %s", text(day.key))
		}
	}
	if a.Expires.Before(a.Date) {
		return a, doc.Errorf("/expires", "expected no day before date, %s", text("date"))
	}
	a.Scoring = override.Read(doc, fmt.Sprintf("%s, %s", a.Assessor, a.Place()))
	return a, nil
}
