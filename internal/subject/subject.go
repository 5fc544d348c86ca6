// Package subject says who can be judged, and what does not apply to whom. It is
// data, policies/subjects.yaml, which also says what its fields mean; a test of the
// profile holds its pointers against the vocabulary.
package subject

import (
	"bytes"
	"fmt"
	"path"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/policies"
)

// Agent is the subject of a profile that names none.
const Agent = "agent"

// Subject is who can be judged.
type Subject struct {
	ID            string          `yaml:"id"`
	Title         string          `yaml:"title"`
	About         string          `yaml:"about"`
	NotApplicable []Inapplicable  `yaml:"not_applicable"`
	Contradicts   []Contradiction `yaml:"contradicts"`
}

// Inapplicable are facts and rules that do not apply to a subject unless one of
// some facts is stated.
type Inapplicable struct {
	Facts   []string `yaml:"facts"`
	Rules   []string `yaml:"rules"`
	Unless  []string `yaml:"unless"`
	Because string   `yaml:"because"`
}

// Contradiction is a fact that the subject cannot have, with some values or any.
type Contradiction struct {
	Fact    string   `yaml:"fact"`
	Values  []string `yaml:"values"`
	Because string   `yaml:"because"`
}

// Stated looks a fact up by its pointer, nil where nothing is stated.
type Stated func(pointer string) any

var all = policies.Parsed("subjects.yaml", func(_ string, data []byte) ([]Subject, error) { return Parse(data) })

// All returns who can be judged, the default first.
func All() []Subject { return all() }

// IDs returns the ids of All.
func IDs() (out []string) {
	for _, s := range All() {
		out = append(out, s.ID)
	}
	return out
}

// ByID returns a subject by its id; "" is the default.
func ByID(id string) (Subject, bool) {
	if id == "" {
		id = Agent
	}
	i := slices.Index(IDs(), id)
	if i < 0 {
		return Subject{}, false
	}
	return All()[i], true
}

// Parse reads a table of subjects strictly: whatever does not apply or contradicts
// needs a reason.
func Parse(data []byte) ([]Subject, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	var f struct {
		Subjects []Subject `yaml:"subjects"`
	}
	if err := dec.Decode(&f); err != nil {
		return nil, fmt.Errorf("subjects: %w", err)
	}
	if len(f.Subjects) == 0 || f.Subjects[0].ID != Agent || len(f.Subjects[0].NotApplicable)+len(f.Subjects[0].Contradicts) > 0 {
		return nil, fmt.Errorf("subjects: expected %s first, to which everything applies", Agent)
	}
	var seen []string
	for _, s := range f.Subjects {
		if slices.Contains(seen, s.ID) {
			return nil, fmt.Errorf("subjects: %s stands twice", s.ID)
		}
		seen = append(seen, s.ID)
		if err := s.check(); err != nil {
			return nil, fmt.Errorf("subjects: %s: %w", s.ID, err)
		}
	}
	return f.Subjects, nil
}

func (s Subject) check() error {
	if s.ID == "" || s.Title == "" || s.About == "" {
		return fmt.Errorf("expected id, title and about")
	}
	for i, n := range s.NotApplicable {
		if n.Because == "" || len(n.Facts)+len(n.Rules) == 0 {
			return fmt.Errorf("not_applicable[%d]: expected facts or rules, and because", i)
		}
		for _, rule := range n.Rules {
			if _, err := path.Match(rule, ""); err != nil || rule == "" {
				return fmt.Errorf("not_applicable[%d]: %q is no id of a rule", i, rule)
			}
		}
	}
	for i, c := range s.Contradicts {
		if c.Fact == "" || c.Because == "" {
			return fmt.Errorf("contradicts[%d]: expected fact and because", i)
		}
	}
	return nil
}
