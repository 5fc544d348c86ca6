package maestro

import (
	"math/rand"
	"slices"
	"strings"
	"testing"
)

func TestSeverities(t *testing.T) {
	for i, c := range []struct{ severity, lower Severity }{
		{Critical, High}, {High, Medium}, {Medium, Low}, {Low, Low}, {Info, Info}, {Credit, Credit},
	} {
		if c.severity.Rank() != i || !c.severity.Valid() {
			t.Errorf("%s: rank %d, valid %v", c.severity, c.severity.Rank(), c.severity.Valid())
		}
		if got := c.severity.Lower(); got != c.lower {
			t.Errorf("%s: one step lower is %s, want %s", c.severity, got, c.lower)
		}
	}
	for _, s := range []Severity{"", "Critical", "severe"} {
		if s.Valid() || s.Rank() <= Credit.Rank() || s.Lower() != s {
			t.Errorf("%q: valid %v, rank %d, lower %q", s, s.Valid(), s.Rank(), s.Lower())
		}
	}
}

func finding(rule string, s Severity, st Status, term string, suppressedBy ...string) Finding {
	return Finding{Rule: &Rule{ID: rule, SuppressedBy: suppressedBy}, Severity: s, Status: st, Term: term}
}

// TestCompare: severity before status before rule before term.
func TestCompare(t *testing.T) {
	sorted := []Finding{
		finding("Z", Critical, Possible, "z"),
		finding("Z", High, Confirmed, "z"),
		finding("A", High, Possible, "z"),
		finding("B", High, Possible, ""),
		finding("B", High, Possible, "a"),
		finding("A", Credit, Confirmed, ""),
	}
	for i, f := range sorted {
		for j, g := range sorted {
			if got := f.Compare(g); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("Compare(%d, %d) = %d", i, j, got)
			}
		}
	}
	shuffled := slices.Clone(sorted)
	rand.New(rand.NewSource(1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	slices.SortFunc(shuffled, Finding.Compare)
	for i := range sorted {
		if shuffled[i].Compare(sorted[i]) != 0 {
			t.Errorf("place %d: got %s", i, shuffled[i].Rule.ID)
		}
	}
}

// TestSuppress: f names by in suppressed_by.
func TestSuppress(t *testing.T) {
	for _, c := range []struct {
		name   string
		f, by  Finding
		covers bool
	}{
		{"same term", finding("F", High, Confirmed, "a", "BY"), finding("BY", High, Confirmed, "a"), true},
		{"neither has a term", finding("F", High, Confirmed, "", "BY"), finding("BY", High, Confirmed, ""), true},
		{"another term", finding("F", High, Confirmed, "a", "BY"), finding("BY", High, Confirmed, "b"), false},
		{"about the whole agent", finding("F", High, Confirmed, "a", "BY"), finding("BY", High, Confirmed, ""), true},
		{"about an item of it", finding("F", High, Confirmed, "", "BY"), finding("BY", High, Confirmed, "b"), true},
		{"less certain", finding("F", High, Confirmed, "", "BY"), finding("BY", Critical, Possible, ""), false},
		{"more certain", finding("F", High, Possible, "", "BY"), finding("BY", High, Confirmed, ""), true},
		{"both possible", finding("F", High, Possible, "", "BY"), finding("BY", High, Possible, ""), true},
		{"not named", finding("F", High, Confirmed, "", "OTHER"), finding("BY", High, Confirmed, ""), false},
	} {
		for _, findings := range [][]Finding{{c.f, c.by}, {c.by, c.f}} {
			Suppress(findings)
			for _, f := range findings {
				want := ""
				if c.covers && f.Rule.ID == "F" {
					want = "BY"
				}
				if f.SuppressedBy != want {
					t.Errorf("%s: %s is suppressed by %q, want %q", c.name, f.Rule.ID, f.SuppressedBy, want)
				}
			}
		}
	}
}

// TestSuppressNamesTheWorst: of several that cover a finding, the first stands.
func TestSuppressNamesTheWorst(t *testing.T) {
	findings := []Finding{
		finding("C", Critical, Confirmed, ""),
		finding("B", High, Confirmed, ""),
		finding("F", Low, Confirmed, "", "B", "C"),
	}
	Suppress(findings)
	if got := findings[2].SuppressedBy; got != "C" {
		t.Errorf("got %q", got)
	}
}

const layers = `
framework: maestro@9
cross_layer: across
layers:
  - {id: L1, title: One, folder: one, undisclosed: nothing, facts: [/model], pins: [/model/name], threats: [Fire]}
  - {id: L2, title: Two, folder: two, undisclosed: nothing}
applicability:
  - {unless: /rag/used, facts: [/rag/agent_writes]}
`

func TestParseFramework(t *testing.T) {
	f, err := ParseFramework([]byte(layers))
	if err != nil {
		t.Fatal(err)
	}
	if f.Name != "maestro@9" || len(f.Layers) != 2 || f.Layers[0].Pins[0] != "/model/name" || f.Applicability[0].Unless != "/rag/used" {
		t.Errorf("got %+v", f)
	}
	for folder, want := range map[string]string{"one": "L1", "two": "L2", "across": CrossLayer, "L1": "", "": ""} {
		if got, ok := f.LayerOf(folder); got != want || ok != (want != "") {
			t.Errorf("folder %q: got %q, %v", folder, got, ok)
		}
	}
}

func TestParseFrameworkRefuses(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"maestro@9", "", "layers: expected framework, layers and cross_layer"},
		{"cross_layer: across", "", "layers: expected framework, layers and cross_layer"},
		{layers, "{framework: f, cross_layer: c, layers: []}", "layers: expected framework, layers and cross_layer"},
		{layers, "", "layers: EOF"},
		{"title: Two, ", "", "layers[1]: expected id, title, folder and undisclosed"},
		{"folder: one, ", "", "layers[0]: expected id, title, folder and undisclosed"},
		{", undisclosed: nothing}", "}", "layers[1]: expected id, title, folder and undisclosed"},
		{"id: L2", "id: ''", "layers[1]: expected id, title, folder and undisclosed"},
		{"id: L2", "id: L1", "layers[1]: L1 or two stands twice"},
		{"folder: two", "folder: one", "layers[1]: L2 or one stands twice"},
		{"folder: two", "folder: across", "layers[1]: L2 or across stands twice"},
		{"id: L2", "id: XL", "layers[1]: XL or two stands twice"},
		{"threats: [Fire]", "threads: [Fire]", "line 5: field threads not found in type maestro.Layer"},
		{"pins: [/model/name]", "pins: /model/name", "line 5: cannot unmarshal !!str `/model/...` into []string"},
	} {
		f, err := ParseFramework([]byte(strings.Replace(layers, c.old, c.new, 1)))
		if err == nil || !strings.HasSuffix(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "layers") {
			t.Errorf("%q for %q\ngot  %v, %v\nwant %s", c.new, c.old, f, err, c.want)
		}
	}
}
