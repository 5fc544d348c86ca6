package profile

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/policies"
)

// subject begins a profile of one of the subjects; what follows is in line 6 and after.
func subject(id string) string {
	return fmt.Sprintf("apiVersion: audition/v1\nkind: AgentProfile\nmetadata:\n  name: a\n  subject: %s\n", id)
}

// TestSubjectsAreThoseOfTheSchema holds the table and metadata.subject together.
func TestSubjectsAreThoseOfTheSchema(t *testing.T) {
	var want, got []string
	for _, v := range schema().Properties["metadata"].Properties["subject"].Enum.Values {
		want = append(want, v.(string))
	}
	for _, s := range Subjects() {
		got = append(got, s.ID)
		if same, ok := SubjectByID(s.ID); !ok || same.Title != s.Title {
			t.Errorf("%s: got %+v", s.ID, same)
		}
		if p := load(t, subject(s.ID)); p.Metadata.Subject != s.ID || p.Subject().ID != s.ID {
			t.Errorf("%s: got %s", s.ID, p.Subject().ID)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("table %v, schema %v", got, want)
	}
	if s, _ := SubjectByID(""); s.ID != Agent {
		t.Errorf("the default is %q", s.ID)
	}
	if _, ok := SubjectByID("robot"); ok {
		t.Error("there is no robot")
	}
	if p := load(t, head); p.Metadata.Subject != Agent || len(p.NotApplicable()) > 0 {
		t.Errorf("without a subject: %s, %v", p.Metadata.Subject, p.NotApplicable())
	}
}

// TestNobodyIsWithoutFacts: whoever is judged, something of it can be disclosed,
// and no fact is said not to apply twice.
func TestNobodyIsWithoutFacts(t *testing.T) {
	for _, s := range Subjects() {
		var all []string
		for _, n := range s.NotApplicable {
			for _, fact := range n.Facts {
				if i := slices.IndexFunc(all, func(f string) bool { return document.Within(f, fact) || document.Within(fact, f) }); i >= 0 {
					t.Errorf("%s: %s and %s", s.ID, all[i], fact)
				}
				all = append(all, fact)
			}
		}
		for _, n := range s.NotApplicable {
			for _, fact := range n.Unless {
				if !slices.ContainsFunc(all, func(f string) bool { return document.Within(fact, f) }) {
					t.Errorf("%s: to disclose %s, which applies, would open other questions", s.ID, fact)
				}
			}
		}
		p := load(t, subject(s.ID))
		open := slices.DeleteFunc(p.undisclosed(), func(f string) bool { return !p.Applies(f) })
		if len(open) < 15 {
			t.Errorf("%s: only %v apply", s.ID, open)
		}
	}
}

func TestContradictionsOfSubjects(t *testing.T) {
	for _, c := range []struct{ subject, in, want string }{
		{"protocol", "tools:\n- id: t\n", "f:6:1: tools: 1 listed contradicts metadata.subject: protocol (line 5): what has tools of its own is an agent or a tool server"},
		{"protocol", "tools: []\ntools_complete: true\n", ""},
		{"protocol", "memory: {persistent: false}\nexecution: {runs_code: false}\n", ""},
		{"protocol", "memory: {persistent: true}\n", "f:6:10: memory.persistent: true contradicts metadata.subject: protocol (line 5): what remembers is an agent or a tool server"},
		{"skill", "model:\n  name: GPT-4o\n", "f:7:3: model.name: GPT-4o contradicts metadata.subject: skill (line 5): what brings its own model is an agent"},
		{"skill", "model: {hosting: customer_choice}\n", ""},
		{"skill", "model: {hosting: self_hosted}\n", "f:6:9: model.hosting: self_hosted contradicts metadata.subject: skill (line 5): what brings its own model is an agent"},
		{"tool_server", "model: {name: GPT-4o}\n", ""},
		{"agent", "model: {name: GPT-4o}\ntools: [{id: t}]\nmemory: {persistent: true}\n", ""},
	} {
		_, err := Load("f", []byte(subject(c.subject)+c.in))
		if got := fmt.Sprint(err); got != c.want && (c.want != "" || err != nil) {
			t.Errorf("%s %s\ngot  %v\nwant %s", c.subject, c.in, err, c.want)
		}
	}
}

// TestEveryContradictionIsOne: of every value that the table names, and of no denial.
func TestEveryContradictionIsOne(t *testing.T) {
	for _, s := range Subjects() {
		for _, c := range s.Contradicts {
			of, _ := TypeOf(c.Fact)
			values := map[string][]any{"boolean": {true}, "string": {"some"}, "array": {[]any{map[string]any{"id": "t"}}}}[of.Type]
			if len(of.Values) > 0 {
				values = nil
			}
			for _, v := range of.Values {
				if len(c.Values) == 0 || slices.Contains(c.Values, v) {
					values = append(values, v)
				}
			}
			for _, v := range values {
				p := load(t, subject(s.ID)).With(c.Fact, v)
				if errs := p.contradictions(); len(errs) != 1 || !strings.Contains(errs[0].Error(), "contradicts metadata.subject: "+s.ID+" (line 5): "+c.Because) {
					t.Errorf("%s %s %v: %v", s.ID, c.Fact, v, errs)
				}
			}
			for _, denial := range []any{false, []any{}} {
				if load(t, subject(s.ID)).With(c.Fact, denial).Contradicts() {
					t.Errorf("%s %s: %v contradicts", s.ID, c.Fact, denial)
				}
			}
		}
	}
}

func TestParseSubjectsRefuses(t *testing.T) {
	data, err := policies.FS.ReadFile("subjects.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const agent = "subjects:\n- {id: agent, title: an agent, about: a}\n"
	for in, want := range map[string]string{
		"":                              "subjects: EOF",
		"subjects: []":                  "subjects: expected agent first, to which everything applies",
		"subjects: [{id: skill}]":       "subjects: expected agent first, to which everything applies",
		agent + "- {id: a, title: b}\n": "subjects: a: expected id, title and about",
		agent + "- {id: agent}\n":       "subjects: agent stands twice",
		agent + "- {id: a, name: b}\n":  "subjects: yaml: unmarshal errors:\n  line 3: field name not found in type profile.Subject",
		strings.Replace(string(data), "title: an agent\n", "title: an agent\n    contradicts: [{fact: /rag/used}]\n", 1): "subjects: expected agent first, to which everything applies",
		agent + "- {id: a, title: b, about: c, not_applicable: [{facts: [/model]}]}\n":                                   "subjects: a: not_applicable[0]: expected facts or rules, and because",
		agent + "- {id: a, title: b, about: c, not_applicable: [{because: d}]}\n":                                        "subjects: a: not_applicable[0]: expected facts or rules, and because",
		agent + "- {id: a, title: b, about: c, not_applicable: [{facts: [/modle], because: d}]}\n":                       "subjects: a: not_applicable[0]: /modle is no fact or section of a profile",
		agent + "- {id: a, title: b, about: c, not_applicable: [{rules: [x], unless: [/tool], because: d}]}\n":           "subjects: a: not_applicable[0]: /tool is no fact or section of a profile",
		agent + "- {id: a, title: b, about: c, contradicts: [{fact: /rag, because: d}]}\n":                               "subjects: a: contradicts[0]: expected the fact of a profile, and because",
		agent + "- {id: a, title: b, about: c, contradicts: [{fact: /rag/used}]}\n":                                      "subjects: a: contradicts[0]: expected the fact of a profile, and because",
		agent + "- {id: a, title: b, about: c, contradicts: [{fact: /secrets/storage, values: [moon], because: d}]}\n":   "subjects: a: contradicts[0]: /secrets/storage has no value moon",
	} {
		if _, err := ParseSubjects([]byte(in)); fmt.Sprint(err) != want {
			t.Errorf("%s\ngot  %v\nwant %s", in, err, want)
		}
	}
}
