package show

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/junit"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
	"github.com/audition-dev/audition/internal/waiver"
)

// hostileWords is text that would be markup, break a table, or move a cursor.
const hostileWords = "| `code` <script>alert(1)</script> *b* _i_ [x](y) # \\ ~~ ![i](z) & $m$\n\n- item\x1b[2J\u202e"

func printedBy(t testing.TB, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	if err := write(reporttest.Full{}); err == nil {
		t.Error("no error from a writer that fails")
	}
	return b.String()
}

func aRun() Tested {
	return Tested{
		Tests: []TestResult{
			{"org.acme.a_test", "test_pass", "a_test.rego", 3, "pass", "", "seen\n"},
			{"org.acme.a_test", "test_fail", "a_test.rego", 9, "fail", "a_test.rego:11: x == 2", "one\ntwo\n"},
			{"org.acme.b_test", "test_error", "b_test.rego", 3, "error", hostileWords, "\x00]]>" + hostileWords},
			{"org.acme.b_test", "todo_test_later", "b_test.rego", 5, "skip", "", ""},
		},
		Covered: 1999, Lines: 2000, Threshold: 100, Uncovered: []Uncovered{{"a.rego", 3, 3}, {"b.rego", 5, 9}},
	}
}

func TestTested(t *testing.T) {
	run := aRun()
	out := printedBy(t, func(w io.Writer) error { return TestedText(w, run, false, print.Options{}) })
	out += "---\n" + printedBy(t, func(w io.Writer) error { return TestedText(w, run, true, print.Options{}) })
	golden.Compare(t, "testdata/tests.txt", []byte(out))
	golden.Compare(t, "testdata/tests.json", []byte(printedBy(t, func(w io.Writer) error { return TestedJSON(w, run) })))
	golden.Compare(t, "testdata/tests.junit.xml", []byte(printedBy(t, func(w io.Writer) error { return TestedJUnit(w, run) })))
}

func TestHolds(t *testing.T) {
	pass := []TestResult{{Outcome: "pass"}, {Outcome: "skip"}}
	for _, c := range []struct {
		run  Tested
		want bool
	}{
		{Tested{Tests: pass}, true},
		{Tested{Tests: pass, Covered: 1, Lines: 2, Threshold: 50}, true},
		{Tested{Tests: pass, Covered: 1, Lines: 2, Threshold: 51}, false},
		{Tested{Tests: pass, Covered: 1999, Lines: 2000, Threshold: 100}, false},
		{Tested{Tests: pass, Covered: 2000, Lines: 2000, Threshold: 100}, true},
		{Tested{Tests: pass, Threshold: 1}, false},
		{Tested{Tests: []TestResult{{Outcome: "fail"}}}, false},
		{Tested{Tests: []TestResult{{Outcome: "error"}}}, false},
	} {
		if got := c.run.Holds(); got != c.want {
			t.Errorf("%+v: %v", c.run, got)
		}
	}
}

// TestJUnit holds the report against the schema of Jenkins, junit-10.xsd: the
// elements that it has, the attributes that it requires, and sums that add up.
func TestJUnit(t *testing.T) {
	out := printedBy(t, func(w io.Writer) error { return TestedJUnit(w, aRun()) })
	may := map[string][]string{
		"": {"testsuites"}, "testsuites": {"testsuite"}, "testsuite": {"testcase"},
		"testcase": {"skipped", "error", "failure", "system-out"}, "error": nil, "failure": nil, "skipped": nil, "system-out": nil,
	}
	required := map[string][]string{"testsuite": {"name", "tests", "failures", "errors"}, "testcase": {"name", "classname"}}
	dec, path := xml.NewDecoder(strings.NewReader(out)), []string{""}
	for {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if parent := path[len(path)-1]; !slices.Contains(may[parent], e.Name.Local) {
				t.Errorf("%s in %s", e.Name.Local, parent)
			}
			for _, name := range required[e.Name.Local] {
				if !slices.ContainsFunc(e.Attr, func(a xml.Attr) bool { return a.Name.Local == name && a.Value != "" }) {
					t.Errorf("%s without %s", e.Name.Local, name)
				}
			}
			for _, a := range e.Attr {
				if a.Name.Local == "time" || a.Name.Local == "timestamp" {
					t.Errorf("%s has a %s", e.Name.Local, a.Name.Local)
				}
			}
			path = append(path, e.Name.Local)
		case xml.EndElement:
			path = path[:len(path)-1]
		}
	}
	var read junit.Suites
	if err := xml.Unmarshal([]byte(out), &read); err != nil {
		t.Fatal(err)
	}
	if read.Tests != 5 || read.Failures != 2 || read.Errors != 1 || len(read.Suites) != 3 {
		t.Errorf("sums: %d tests, %d failures, %d errors, %d suites", read.Tests, read.Failures, read.Errors, len(read.Suites))
	}
	if why := read.Suites[1].Cases[0].Error; why == nil || !strings.HasPrefix(why.Message, "| `code` <script>") || why.Line != "b_test.rego:3" {
		t.Errorf("error %+v", why)
	}
}

func TestChecked(t *testing.T) {
	fine := Checked{Rules: 1, Gates: 2, Packages: 3}
	if got := printedBy(t, func(w io.Writer) error { return CheckedText(w, fine) }); got != "1 rule, 2 gates in 3 packages: fine\n" {
		t.Errorf("got %s", got)
	}
	bad := Checked{Errors: []PolicyError{{"a.rego", 1, 2, "one"}, {"a.rego", 3, 0, "two\nforged:1: line"}, {"a.rego", 0, 0, "three"}, {"", 0, 0, "four"}}}
	if got := printedBy(t, func(w io.Writer) error { return CheckedText(w, bad) }); got != "a.rego:1:2: one\na.rego:3: two forged:1: line\na.rego: three\nfour\n" {
		t.Errorf("got %s", got)
	}
	if got := printedBy(t, func(w io.Writer) error { return CheckedJSON(w, fine) }); !strings.Contains(got, `"errors": []`) {
		t.Errorf("got %s", got)
	}
}

func TestCosts(t *testing.T) {
	c := Costs{
		Agent: "a\x1b[2J",
		Each: []Cost{
			{"builtin rules and gates", "", 600 * time.Microsecond, 1000}, {"org.acme/b", "rule", 3 * time.Microsecond, 10}, {"org.acme/a", "rule", 3 * time.Microsecond, 10}, {"org.acme.gate", "gate", 10 * time.Microsecond, 10},
		},
		Fixed: Cost{"evaluation itself", "", 4 * time.Microsecond, 10}, Total: Cost{"total", "", 650 * time.Microsecond, 10},
	}
	golden.Compare(t, "testdata/costs.txt", []byte(printedBy(t, func(w io.Writer) error { return CostsText(w, c) })))
	golden.Compare(t, "testdata/costs.json", []byte(printedBy(t, func(w io.Writer) error { return CostsJSON(w, c) })))
	none := printedBy(t, func(w io.Writer) error { return CostsText(w, Costs{}) })
	if strings.Contains(none, "NaN") {
		t.Errorf("got %s", none)
	}
}

func aManual() Manual {
	return Manual{
		Rules: []ManualRule{{
			Rule: maestro.Rule{
				ID: "org.acme/a", Layer: "L3", Layers: []string{"L3", "L4"}, Kind: maestro.Weakness, Title: hostileWords, Description: hostileWords, Message: hostileWords,
				Severity: maestro.High, Possible: maestro.Medium, Controls: []string{"/oversight/approval"}, Threats: []string{hostileWords}, References: []string{"ASI05", hostileWords},
				Remediation: hostileWords, SuppressedBy: []string{"L4/egress-open"}, Package: "org.acme.a", File: "p/a.rego", Row: 1,
			},
			Reads: []string{"/tools", "/derived/browses"}, Bad: map[string]any{"x": "```\n" + hostileWords}, Good: map[string]any{}, Titles: map[string]string{"ASI05": hostileWords},
		}, {Rule: maestro.Rule{ID: "org.acme/b", Layer: "L1", Layers: []string{"L1"}, Kind: maestro.Gap, Title: "B", Severity: maestro.Low, File: "p/b.rego", Row: 2}}},
		Gates: []ManualGate{{"org.acme.gate", hostileWords, hostileWords, []string{"reject", "review"}, []string{"/findings"}, "p/gate.rego", 3}},
	}
}

func TestManual(t *testing.T) {
	out := printedBy(t, func(w io.Writer) error { return ManualMarkdown(w, aManual()) })
	golden.Compare(t, "testdata/manual.md", []byte(out))
	golden.Compare(t, "testdata/manual.json", []byte(printedBy(t, func(w io.Writer) error { return ManualJSON(w, aManual()) })))
	var back Manual
	if err := json.Unmarshal([]byte(printedBy(t, func(w io.Writer) error { return ManualJSON(w, Manual{}) })), &back); err != nil || back.Rules == nil || back.Gates == nil {
		t.Errorf("an empty manual: %+v, %v", back, err)
	}
}

// TestManualIsText: metadata cannot write markup, leave its cell or its line.
func TestManualIsText(t *testing.T) {
	out := printedBy(t, func(w io.Writer) error { return ManualMarkdown(w, aManual()) })
	fenced := false
	for _, line := range strings.Split(out, "\n") {
		switch {
		case strings.HasPrefix(line, "```"):
			if line != "```" && line != "```json" {
				t.Errorf("fence %q", line)
			}
			fenced = !fenced
		case fenced:
		case strings.HasPrefix(line, "| "):
			if cells := strings.Count(line, "|") - strings.Count(line, `\|`); cells != 6 {
				t.Errorf("%d bars in %q", cells, line)
			}
		case strings.HasPrefix(line, "- "), strings.Contains(line, "<script"), strings.Contains(line, " ["), strings.Contains(line, " `"):
			if !strings.Contains(line, `\<script`) || strings.HasPrefix(line, "- ") {
				t.Errorf("markup in %q", line)
			}
		}
	}
	if fenced {
		t.Error("a fence is open")
	}
	if strings.ContainsAny(out, "\x1b\u202e") {
		t.Error("control characters")
	}
}

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"":            "",
		"words, all.": "words, all.",
		"a|b":         `a\|b`,
		"a\nb\r\n c":  "a b c",
		"+ x - y":     `\+ x - y`,
		"<b>&amp;":    `\<b\>\&amp;`,
		"1. x":        `1\. x`,
	} {
		if got := plain(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestPathsAreShownWhole: the name of a file or package moves no cursor and ends no line.
func TestPathsAreShownWhole(t *testing.T) {
	name := "a\x1b[2K\nb\u202e) x"
	rule := maestro.Rule{ID: name, File: name, Layer: "L1", Title: name}
	entry := waiver.Entry{Waiver: waiver.Waiver{Source: name, Rule: name, Agent: name}, State: waiver.Active, Why: name}
	changed := Changed{Name: name, Source: name, Differences: []verdict.Difference{{What: "x", Key: name, From: name, To: name}}}
	for what, show := range map[string]func(io.Writer) error{
		"rules": func(w io.Writer) error { return RulesText(w, []Listed{{Rule: rule, SetBy: name}}, print.Options{}) },
		"index": func(w io.Writer) error {
			return RulesMarkdown(w, &maestro.Framework{Layers: []maestro.Layer{{ID: "L1"}}}, []maestro.Rule{rule})
		},
		"manual": func(w io.Writer) error {
			return ManualMarkdown(w, Manual{Rules: []ManualRule{{Rule: rule}}, Gates: []ManualGate{{Package: name, File: name}}})
		},
		"page": func(w io.Writer) error {
			return PageText(w, Page{Rule: rule, Explanation: &verdict.Explanation{}}, name, print.Options{})
		},
		"waivers": func(w io.Writer) error { return WaiversText(w, time.Time{}, []waiver.Entry{entry}, print.Options{}) },
		"policy": func(w io.Writer) error {
			return CheckedText(w, Checked{Errors: []PolicyError{{File: name, Line: 1, Message: name}}})
		},
		"tests": func(w io.Writer) error {
			return TestedText(w, Tested{Tests: []TestResult{{Package: name, Name: name, Outcome: "fail", File: name}}, Uncovered: []Uncovered{{File: name}}}, true, print.Options{})
		},
		"diff":             func(w io.Writer) error { return ChangedText(w, changed, print.Options{}) },
		"diff in Markdown": func(w io.Writer) error { return ChangedMarkdown(w, changed) },
		"impact":           func(w io.Writer) error { return ImpactText(w, Impact{Changed: []Changed{changed}}, print.Options{}) },
		"costs":            func(w io.Writer) error { return CostsText(w, Costs{Agent: name, Each: []Cost{{Name: name}}}) },
	} {
		var out bytes.Buffer
		if err := show(&out); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(out.String(), "\n") {
			if strings.ContainsFunc(line, print.Hidden) || strings.HasPrefix(line, "b") {
				t.Errorf("%s: %q", what, line)
			}
		}
	}
}
