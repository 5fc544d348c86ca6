package profile

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/subject"
)

// as begins a profile of one of the subjects; what follows is in line 6 and after.
func as(id string) string {
	return fmt.Sprintf("apiVersion: audition/v1\nkind: AgentProfile\nmetadata:\n  name: a\n  subject: %s\n", id)
}

// TestSubjectsAreThoseOfTheSchema holds the table and metadata.subject together.
func TestSubjectsAreThoseOfTheSchema(t *testing.T) {
	var want, got []string
	for _, v := range schema().Properties["metadata"].Properties["subject"].Enum.Values {
		want = append(want, v.(string))
	}
	for _, s := range subject.All() {
		got = append(got, s.ID)
		if same, ok := subject.ByID(s.ID); !ok || same.Title != s.Title {
			t.Errorf("%s: got %+v", s.ID, same)
		}
		if p := load(t, as(s.ID)); p.Metadata.Subject != s.ID || p.Subject().ID != s.ID {
			t.Errorf("%s: got %s", s.ID, p.Subject().ID)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("table %v, schema %v", got, want)
	}
	if s, _ := subject.ByID(""); s.ID != subject.Agent {
		t.Errorf("the default is %q", s.ID)
	}
	if _, ok := subject.ByID("robot"); ok {
		t.Error("there is no robot")
	}
	if p := load(t, head); p.Metadata.Subject != subject.Agent || len(p.NotApplicable()) > 0 {
		t.Errorf("without a subject: %s, %v", p.Metadata.Subject, p.NotApplicable())
	}
}

// TestNobodyIsWithoutFacts: whoever is judged, something of it can be disclosed,
// and no fact is said not to apply twice.
func TestNobodyIsWithoutFacts(t *testing.T) {
	for _, s := range subject.All() {
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
		p := load(t, as(s.ID))
		open := slices.DeleteFunc(p.undisclosed(), func(f string) bool { return !p.Applies(f) })
		if len(open) < 15 {
			t.Errorf("%s: only %v apply", s.ID, open)
		}
	}
}

// TestSubjectsAreOfTheVocabulary: what the table names is there.
func TestSubjectsAreOfTheVocabulary(t *testing.T) {
	for _, s := range subject.All() {
		for _, n := range s.NotApplicable {
			for _, fact := range slices.Concat(n.Facts, n.Unless) {
				if !Known(fact) {
					t.Errorf("%s: not_applicable: %s is no fact or section", s.ID, fact)
				}
			}
		}
		for _, c := range s.Contradicts {
			of, ok := TypeOf(c.Fact)
			if !ok || strings.Contains(c.Fact, "*") {
				t.Errorf("%s: contradicts: %s is no fact", s.ID, c.Fact)
			}
			for _, v := range c.Values {
				if !slices.Contains(of.Values, v) {
					t.Errorf("%s: contradicts: %s has no value %s", s.ID, c.Fact, v)
				}
			}
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
		_, err := Load("f", []byte(as(c.subject)+c.in))
		if got := fmt.Sprint(err); got != c.want && (c.want != "" || err != nil) {
			t.Errorf("%s %s\ngot  %v\nwant %s", c.subject, c.in, err, c.want)
		}
	}
}

// TestEveryContradictionIsOne: of every value that the table names, and of no denial.
func TestEveryContradictionIsOne(t *testing.T) {
	for _, s := range subject.All() {
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
				p := load(t, as(s.ID)).With(c.Fact, v)
				if errs := p.Contradictions(); len(errs) != 1 || !strings.Contains(errs[0].Error(), "contradicts metadata.subject: "+s.ID+" (line 5): "+c.Because) {
					t.Errorf("%s %s %v: %v", s.ID, c.Fact, v, errs)
				}
			}
			for _, denial := range []any{false, []any{}} {
				if load(t, as(s.ID)).With(c.Fact, denial).Contradicts() {
					t.Errorf("%s %s: %v contradicts", s.ID, c.Fact, denial)
				}
			}
		}
	}
}
