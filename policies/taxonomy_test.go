package policies_test

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/policies"
)

// taxonomy is an entry of references.yaml: a published list and the ids of it
// that rules may refer to.
type taxonomy struct {
	Prefix  string            `yaml:"prefix"`
	Title   string            `yaml:"title"`
	Version string            `yaml:"version"`
	URL     string            `yaml:"url"`
	IDs     map[string]string `yaml:"ids"`
}

// threat is an entry of threats.yaml.
type threat struct {
	Name        string `yaml:"name"`
	Layer       string `yaml:"layer"`
	About       string `yaml:"about"`
	Undecidable string `yaml:"undecidable"`
}

// String is how a rule writes the threat.
func (th threat) String() string { return th.Name + " (" + th.Layer + ")" }

// decodeStrictly reads a YAML file of the directory and rejects unknown fields.
func decodeStrictly(t testing.TB, file string, into any) {
	t.Helper()
	data, err := policies.FS.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

func taxonomies(t testing.TB) []taxonomy {
	t.Helper()
	var doc struct {
		Taxonomies []taxonomy `yaml:"taxonomies"`
	}
	decodeStrictly(t, "references.yaml", &doc)
	return doc.Taxonomies
}

func threats(t testing.TB) []threat {
	t.Helper()
	var doc struct {
		Threats []threat `yaml:"threats"`
	}
	decodeStrictly(t, "threats.yaml", &doc)
	return doc.Threats
}

func TestTaxonomies(t *testing.T) {
	var prefixes []string
	for _, x := range taxonomies(t) {
		prefixes = append(prefixes, x.Prefix)
		if x.Prefix == "" || x.Title == "" || x.Version == "" || !strings.HasPrefix(x.URL, "https://") || len(x.IDs) == 0 {
			t.Errorf("%q: expected prefix, title, version, url and ids", x.Prefix)
		}
		for id, title := range x.IDs {
			if !strings.HasPrefix(id, x.Prefix) || title == "" || strings.TrimSpace(title) != title {
				t.Errorf("%s: %q: %q, expected an id that starts with the prefix, and a title", x.Prefix, id, title)
			}
			if !reference.MatchString(id) {
				t.Errorf("%s: %q is of no known form", x.Prefix, id)
			}
		}
	}
	if want := slices.Compact(slices.Sorted(slices.Values(prefixes))); !slices.Equal(prefixes, want) {
		t.Errorf("prefixes %q, expected them sorted and distinct", prefixes)
	}
}

// TestReferences holds every id that a rule refers to in exactly one taxonomy.
func TestReferences(t *testing.T) {
	owners := map[string][]string{}
	for _, x := range taxonomies(t) {
		for id := range x.IDs {
			owners[id] = append(owners[id], x.Prefix)
		}
	}
	for id, in := range owners {
		if len(in) > 1 {
			t.Errorf("%s is in %q, expected one taxonomy", id, in)
		}
	}
	for _, r := range engine(t).Rules() {
		for _, id := range r.References {
			if len(owners[id]) == 0 {
				t.Errorf("%s: references: %q is in no taxonomy", r.ID, id)
			}
		}
	}
}

// TestThreatList holds the number of threats that MAESTRO v1 publishes.
func TestThreatList(t *testing.T) {
	want := map[string]int{
		"L1": 7, "L2": 5, "L3": 6, "L4": 6, "L5": 6, "L6": 7, "L7": 13,
		"Cross-Layer": 5, "pattern": 9,
	}
	got, seen := map[string]int{}, map[string]bool{}
	for _, th := range threats(t) {
		got[th.Layer]++
		if seen[th.String()] {
			t.Errorf("%s stands twice", th)
		}
		seen[th.String()] = true
		if th.Name == "" || th.About == "" {
			t.Errorf("%s: expected name and about", th)
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("threats by layer %v, expected %v", got, want)
	}
}

// TestThreats holds that a threat is cited by a rule or said to be undecidable,
// and never both.
func TestThreats(t *testing.T) {
	cited := citations(engine(t).Rules())
	for _, th := range threats(t) {
		rules := cited[th.String()]
		delete(cited, th.String())
		switch {
		case len(rules) == 0 && th.Undecidable == "":
			t.Errorf("%s: no rule cites it, and nothing says why", th)
		case len(rules) > 0 && th.Undecidable != "":
			t.Errorf("%s: undecidable, yet cited by %q", th, rules)
		}
	}
	for name, rules := range cited {
		t.Errorf("%q: threats: %q is not in threats.yaml", rules, name)
	}
}

// citations returns the ids of the rules that cite a threat, by threat.
func citations(rules []maestro.Rule) map[string][]string {
	out := map[string][]string{}
	for _, r := range rules {
		for _, name := range r.Threats {
			out[name] = append(out[name], r.ID)
		}
	}
	return out
}
