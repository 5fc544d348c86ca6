package profile

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/policies"
)

// Agent is the subject of a profile that names none.
const Agent = "agent"

// Subject is who can be judged, and what does not apply to whom: one of
// policies/subjects.yaml, which says what the fields mean.
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

// subjects are those of the program. A broken table is a fault of the program.
var subjects = sync.OnceValue(func() []Subject {
	data, err := policies.FS.ReadFile("subjects.yaml")
	var out []Subject
	if err == nil {
		out, err = ParseSubjects(data)
	}
	if err != nil {
		panic(err)
	}
	return out
})

// Subjects returns who can be judged, the default first.
func Subjects() []Subject { return subjects() }

// SubjectByID returns a subject by its id; "" is the default.
func SubjectByID(id string) (Subject, bool) {
	if id == "" {
		id = Agent
	}
	i := slices.IndexFunc(Subjects(), func(s Subject) bool { return s.ID == id })
	if i < 0 {
		return Subject{}, false
	}
	return Subjects()[i], true
}

// ParseSubjects reads a table of subjects strictly: pointers have to be of the
// vocabulary, and whatever does not apply or contradicts needs a reason.
func ParseSubjects(data []byte) ([]Subject, error) {
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
		for _, fact := range slices.Concat(n.Facts, n.Unless) {
			if !Known(fact) {
				return fmt.Errorf("not_applicable[%d]: %s is no fact or section of a profile", i, fact)
			}
		}
	}
	for i, c := range s.Contradicts {
		of, ok := TypeOf(c.Fact)
		if !ok || strings.Contains(c.Fact, "*") || c.Because == "" {
			return fmt.Errorf("contradicts[%d]: expected the fact of a profile, and because", i)
		}
		for _, v := range c.Values {
			if !slices.Contains(of.Values, v) {
				return fmt.Errorf("contradicts[%d]: %s has no value %s", i, c.Fact, v)
			}
		}
	}
	return nil
}

// affirmed tells whether a value is stated and no denial: neither false nor an
// empty list.
func affirmed(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case []any:
		return len(v) > 0
	}
	return true
}

// subjectErrors reports the stated facts that the subject cannot have.
func (p *Profile) subjectErrors() (errs document.Errors) {
	for _, c := range p.subject.Contradicts {
		v, _ := p.Lookup(c.Fact)
		if !affirmed(v) || len(c.Values) > 0 && !slices.Contains(c.Values, fmt.Sprint(v)) {
			continue
		}
		said := spelt(v)
		if list, ok := v.([]any); ok {
			said = fmt.Sprintf("%d listed", len(list))
		}
		const subject = "/metadata/subject"
		errs = append(errs, p.doc.Errorf(p.Original(c.Fact), "%s contradicts %s: %s (line %d): %s",
			said, document.PathOf(subject), p.subject.ID, p.Position(subject).Line, c.Because))
	}
	return errs
}
