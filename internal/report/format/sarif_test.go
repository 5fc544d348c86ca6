package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

// catalogue has all that a rule can have, and more references than GitHub takes.
func catalogue() []maestro.Rule {
	r := maestro.Rule{
		ID: "L4/sandbox-undisclosed", Layer: "L4", Layers: []string{"L4", "L3"}, Kind: maestro.Gap, Title: "Sandboxing not disclosed", Description: "Why.\n",
		Severity: maestro.High, Threats: []string{"Lateral Movement (L4)"}, Remediation: "Say `so`.",
	}
	for i := range 30 {
		r.References = append(r.References, fmt.Sprintf("CWE-%d", i))
	}
	return []maestro.Rule{r, {ID: "org.acme.net/proxy_missing", Layer: "org.acme.net", Title: "No proxy", Severity: maestro.Credit}}
}

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile("testdata/sarif/sarif-2.1.0-rtm.5.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// log is what a reader of SARIF takes from it.
type log struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Rules []struct {
					ID, Name         string
					ShortDescription struct{ Text string }
					FullDescription  struct{ Text string }
					Help             struct{ Text, Markdown string }
					Properties       struct {
						Tags     []string
						Severity string `json:"security-severity"`
					}
				}
			}
		}
		Invocations []struct {
			RuleConfigurationOverrides []struct {
				Descriptor struct {
					ID    string
					Index int
				}
				Configuration struct {
					Level   string
					Enabled *bool
				}
			}
		}
		Results []struct {
			RuleID                      string
			RuleIndex                   int
			Kind, Level                 string
			Message                     struct{ Text string }
			Locations, RelatedLocations []struct {
				ID               int
				PhysicalLocation struct {
					ArtifactLocation struct{ URI, URIBaseID string }
					Region           struct{ StartLine, StartColumn int }
				}
			}
			PartialFingerprints map[string]string
			Suppressions        []struct {
				Kind, Status, Justification string
				Properties                  map[string]string
			}
			Properties map[string]any
		}
	}
}

func readLog(t *testing.T, data []byte) log {
	t.Helper()
	var l log
	if err := json.Unmarshal(data, &l); err != nil {
		t.Fatal(err)
	}
	if len(l.Runs) != 1 {
		t.Fatalf("%d runs", len(l.Runs))
	}
	return l
}

// TestSARIFIsValid by the published schema, and is what GitHub asks for.
func TestSARIFIsValid(t *testing.T) {
	s, link := schema(t), regexp.MustCompile(`\[[^\]]*[^\\]\]\((\d+)\)`)
	if err := s.Validate(map[string]any{"version": "2.1.0", "runs": []any{map[string]any{"tool": "audition"}}}); err == nil {
		t.Fatal("the schema takes anything")
	}
	all := append(reporttest.Golds(t), reporttest.Hostile(t))
	for _, vs := range [][]*verdict.Verdict{all, {all[0]}, {all[3]}, {all[4]}, {}} {
		got := reporttest.PrintIn(t, SARIF, print.Options{Rules: catalogue()}, vs...)
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(got))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(value); err != nil {
			t.Fatal(err)
		}
		run := readLog(t, got).Runs[0]
		rules := run.Tool.Driver.Rules
		for _, r := range rules {
			if r.ID == "" || r.Name == "" || r.ShortDescription.Text == "" || r.FullDescription.Text == "" || r.Help.Text == "" || len(r.Properties.Tags) > 20 {
				t.Errorf("rule %+v", r)
			}
		}
		for _, r := range run.Results {
			where := r.Locations[0].PhysicalLocation
			if rules[r.RuleIndex].ID != r.RuleID || r.Message.Text == "" || len(r.Locations) != 1 || where.Region.StartLine < 1 || where.Region.StartColumn < 1 || r.Level == "none" || r.Kind != "" {
				t.Errorf("result %+v", r)
			}
			if u, err := url.Parse(where.ArtifactLocation.URI); err != nil || u.IsAbs() || where.ArtifactLocation.URIBaseID != "%SRCROOT%" {
				t.Errorf("uri %q", where.ArtifactLocation.URI)
			}
			for i, m := range link.FindAllStringSubmatch(r.Message.Text, -1) {
				if m[1] != fmt.Sprint(i+1) || r.RelatedLocations[i].ID != i+1 {
					t.Errorf("link %s in %q", m[0], r.Message.Text)
				}
			}
		}
	}
}

func TestSARIFOfAConfiguration(t *testing.T) {
	v := reporttest.Changed(t)
	run := readLog(t, reporttest.PrintIn(t, SARIF, print.Options{Rules: catalogue()}, v)).Runs[0]
	levels := map[string]string{}
	for _, o := range run.Invocations[0].RuleConfigurationOverrides {
		levels[o.Descriptor.ID] = o.Configuration.Level
		if o.Configuration.Enabled != nil {
			levels[o.Descriptor.ID] = "off"
		}
		if run.Tool.Driver.Rules[o.Descriptor.Index].ID != o.Descriptor.ID {
			t.Errorf("override of %s has the index of another", o.Descriptor.ID)
		}
	}
	if want := map[string]string{
		"L4/sandbox-undisclosed": "error", "L1/model-undisclosed": "note", "L4/egress-undisclosed": "warning", v.Rules.Off[0]: "off",
	}; fmt.Sprint(levels) != fmt.Sprint(want) {
		t.Errorf("overrides\ngot  %v\nwant %v", levels, want)
	}
	waived := 0
	for _, r := range run.Results {
		for _, s := range r.Suppressions {
			waived++
			if s.Kind != "external" || s.Status != "accepted" || s.Justification != "the pilot has synthetic data" || s.Properties["owner"] != "risk@example.com" || s.Properties["expires"] != "2026-03-01" {
				t.Errorf("suppression %+v", s)
			}
		}
		switch r.RuleID {
		case "L4/sandbox-undisclosed":
			if r.Level != "error" || r.Properties["default_severity"] != "high" || r.Properties["set_by"] != "audition.yaml:7" {
				t.Errorf("sandbox: %+v", r)
			}
		case "L4/egress-undisclosed":
			if r.Level != "warning" || r.Properties["action"] != "warn" {
				t.Errorf("egress: %+v", r)
			}
		}
	}
	if waived != 2 {
		t.Errorf("%d suppressions", waived)
	}
	for _, r := range run.Tool.Driver.Rules {
		// GitHub shows this number with every result of the rule.
		if r.ID == "L4/sandbox-undisclosed" && (r.Properties.Severity != "9.5" || r.Name != "SandboxUndisclosed" || !strings.Contains(r.Help.Markdown, "&#96;so&#96;")) {
			t.Errorf("rule %+v", r)
		}
		if r.ID == "org.acme.net/proxy_missing" && (r.Properties.Severity != "" || r.Name != "ProxyMissing") {
			t.Errorf("rule %+v", r)
		}
	}
}

// TestSARIFNamesProblems: neither strengths nor what a worse finding covers.
func TestSARIFNamesProblems(t *testing.T) {
	v := reporttest.Changed(t)
	v.Findings[0].SuppressedBy = v.Findings[1].Rule
	got := reporttest.PrintIn(t, SARIF, print.Options{}, v)
	for _, r := range readLog(t, got).Runs[0].Results {
		if r.RuleID == v.Findings[0].Rule || r.RuleID == "L6/attestation-held" {
			t.Errorf("%s is a result", r.RuleID)
		}
	}
	if !bytes.Contains(got, []byte(`"strengths": 1,`)) || !bytes.Contains(got, []byte(`"suppressed": 1`)) {
		t.Error("what is left out is not counted")
	}
}

// TestSARIFFingerprints: the same when lines move.
func TestSARIFFingerprints(t *testing.T) {
	v, moved := reporttest.Changed(t), reporttest.Changed(t)
	for i := range moved.Findings {
		for k := range moved.Findings[i].Facts {
			moved.Findings[i].Facts[k].Line += 10
		}
	}
	a, b := readLog(t, reporttest.PrintIn(t, SARIF, print.Options{}, v)).Runs[0].Results, readLog(t, reporttest.PrintIn(t, SARIF, print.Options{}, moved)).Runs[0].Results
	lines := 0
	for i := range a {
		if fmt.Sprint(a[i].PartialFingerprints) != fmt.Sprint(b[i].PartialFingerprints) || len(a[i].PartialFingerprints["primaryLocationLineHash"]) != 32 {
			t.Errorf("%s: %v and %v", a[i].RuleID, a[i].PartialFingerprints, b[i].PartialFingerprints)
		}
		if a[i].Locations[0].PhysicalLocation.Region != b[i].Locations[0].PhysicalLocation.Region {
			lines++
		}
	}
	if lines == 0 {
		t.Error("no line moved")
	}
}

func TestSARIFLimits(t *testing.T) {
	v := reporttest.Changed(t)
	v.Findings[0].Facts = slices.Repeat(v.Findings[0].Facts[:1], 50)
	r := readLog(t, reporttest.PrintIn(t, SARIF, print.Options{}, v)).Runs[0].Results[0]
	if len(r.RelatedLocations) != 20 || !strings.HasSuffix(r.Message.Text, "(20) and 29 more in the JSON verdict.") {
		t.Errorf("%d related locations: %s", len(r.RelatedLocations), r.Message.Text)
	}
	v.Findings[0].Facts = nil
	v.Findings = slices.Repeat(v.Findings[:1], 25_001)
	err := print.All(SARIF(&bytes.Buffer{}, print.Options{}), verdict.Record{Verdicts: []*verdict.Verdict{v}})
	if err == nil || err.Error() != "sarif: expected at most 25000 results, got 25001 by "+v.Subject.Name+"; check fewer agents in one run" {
		t.Errorf("got %v", err)
	}
}

func TestLocation(t *testing.T) {
	for source, want := range map[string]string{
		"a/b.yaml": "a/b.yaml %SRCROOT%", "./a.yaml": "a.yaml %SRCROOT%", "-": "stdin %SRCROOT%", "": "stdin %SRCROOT%",
		"a b/ü#?%.yaml": "a%20b/%C3%BC%23%3F%25.yaml %SRCROOT%", "c:d.yaml": "./c:d.yaml %SRCROOT%", "/abs/a.yaml": "file:///abs/a.yaml ",
		"../a.yaml": "../a.yaml ", "a/../../b": "../b ", "..": ".. ",
	} {
		l := location(source, spot{"", 1, 1})
		if got := l.Physical.Artifact.URI + " " + l.Physical.Artifact.Base; got != want {
			t.Errorf("%q: got %q, want %q", source, got, want)
		}
	}
}

func TestProse(t *testing.T) {
	for text, want := range map[string]string{
		"tools[0] {x}":     "tools[0] {x}",
		"[a](1) and [b]":   `\[a\](1) and \[b\]`,
		"{0} of {many}":    "{{0}} of {{many}}",
		`a \ [b](http://)`: `a \\ \[b\](http://)`,
	} {
		if got := prose(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
