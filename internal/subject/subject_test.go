package subject

import (
	"fmt"
	"strings"
	"testing"

	"github.com/audition-dev/audition/policies"
)

func TestParseRefuses(t *testing.T) {
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
		agent + "- {id: a, name: b}\n":  "subjects: yaml: unmarshal errors:\n  line 3: field name not found in type subject.Subject",
		strings.Replace(string(data), "title: an agent\n", "title: an agent\n    contradicts: [{fact: /rag/used}]\n", 1): "subjects: expected agent first, to which everything applies",
		agent + "- {id: a, title: b, about: c, not_applicable: [{facts: [/model]}]}\n":                                   "subjects: a: not_applicable[0]: expected facts or rules, and because",
		agent + "- {id: a, title: b, about: c, not_applicable: [{because: d}]}\n":                                        "subjects: a: not_applicable[0]: expected facts or rules, and because",
		agent + "- {id: a, title: b, about: c, contradicts: [{fact: /rag/used}]}\n":                                      "subjects: a: contradicts[0]: expected fact and because",
	} {
		if _, err := Parse([]byte(in)); fmt.Sprint(err) != want {
			t.Errorf("%s\ngot  %v\nwant %s", in, err, want)
		}
	}
}

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		glob, rule string
		want       bool
	}{
		{"L1/a", "L1/a", true}, {"L1/a", "L1/ab", false}, {"L1/*", "L1/ab", true}, {"*/a", "L1/a", true}, {"*", "L1/a", false},
		{"L1/*-b", "L1/a-b", true}, {"L1/*-b", "L1/a-bc", false}, {"L2/*", "L1/a", false}, {"[", "L1/a", false},
	} {
		if got := matches(c.glob, c.rule); got != c.want {
			t.Errorf("%s %s: %v", c.glob, c.rule, got)
		}
	}
}

func TestReaches(t *testing.T) {
	for _, c := range []struct {
		of, pointer string
		want        bool
	}{
		{"/model", "/model", true}, {"/model", "/model/name", true}, {"/model/name", "/model", false}, {"/mod", "/model", false},
		{"/tools", "/tools", true}, {"/tools", "/tools/0/pinned", false}, {"/tools", "/tools/*/pinned", false},
		{"/tools/*/pinned", "/tools/3/pinned", true}, {"/tools/*/pinned", "/tools/3/signed", false}, {"/tools/1/pinned", "/tools/1/pinned", true},
		{"/tools/1/pinned", "/tools/2/pinned", false}, {"/compliance", "/compliance/certifications/0/scope", false}, {"/compliance", "/compliance/certifications", true},
	} {
		if got := Reaches(c.of, c.pointer); got != c.want {
			t.Errorf("%s %s: %v", c.of, c.pointer, got)
		}
	}
}

// TestUnless: an entry holds until one of some facts is affirmed.
func TestUnless(t *testing.T) {
	s := Subject{NotApplicable: []Inapplicable{{Facts: []string{"/a"}, Rules: []string{"L1/*"}, Unless: []string{"/b"}, Because: "c"}}}
	for _, c := range []struct {
		value any
		holds bool
	}{{nil, true}, {false, true}, {[]any{}, true}, {true, false}, {"word", false}, {[]any{"x"}, false}} {
		stated := func(string) any { return c.value }
		if got := len(s.Holding(stated)) == 1; got != c.holds || s.Exempts("L1/x", stated) != c.holds {
			t.Errorf("%v: holds %v", c.value, got)
		}
	}
}
