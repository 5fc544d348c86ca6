package format

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

// element is any XML, as a reader without our types has it.
type element struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Below   []element  `xml:",any"`
}

func (e element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// named are the elements of a name directly below.
func (e element) named(name string) (out []element) {
	for _, b := range e.Below {
		if b.XMLName.Local == name {
			out = append(out, b)
		}
	}
	return out
}

// TestJUnitCounts: what Jenkins and GitLab rely on. Counts are true, every case has
// a name and a class, no two cases have both in common, and nothing is timed.
func TestJUnitCounts(t *testing.T) {
	all := reporttest.Golds(t)
	all = append(all, reporttest.Hostile(t), all[3])
	var root element
	if err := xml.Unmarshal(reporttest.PrintIn(t, JUnit, print.Options{}, all...), &root); err != nil {
		t.Fatal(err)
	}
	suites, seen, total := root.named("testsuite"), map[string]bool{}, map[string]int{}
	if root.XMLName.Local != "testsuites" || len(suites) != len(all) {
		t.Fatalf("%s with %d suites", root.XMLName.Local, len(suites))
	}
	for i, s := range suites {
		counted := map[string]int{"errors": 0, "failures": 0, "skipped": 0}
		for _, c := range s.named("testcase") {
			counted["tests"]++
			counted["failures"] += len(c.named("failure"))
			counted["skipped"] += len(c.named("skipped"))
			key := c.attr("classname") + " " + c.attr("name")
			if c.attr("classname") == "" || c.attr("name") == "" || seen[key] {
				t.Errorf("case %q is without a name or stands twice", key)
			}
			seen[key] = true
			if !strings.HasPrefix(c.attr("classname"), s.attr("name")+".") {
				t.Errorf("case %q is not of suite %s", key, s.attr("name"))
			}
		}
		for name, n := range counted {
			if total[name] += n; s.attr(name) != fmt.Sprint(n) {
				t.Errorf("%s: %s are %d, not %s", s.attr("name"), name, n, s.attr(name))
			}
		}
		v := all[i]
		if s.named("properties")[0].Below[0].attr("value") != string(v.Decision) {
			t.Errorf("%s: another decision than %s", s.attr("name"), v.Decision)
		}
		decision := s.named("testcase")[0]
		if failed := len(decision.named("failure")) == 1; decision.attr("name") != "decision" || failed == (v.Decision == verdict.Approve) {
			t.Errorf("%s: decision %s, case fails: %v", s.attr("name"), v.Decision, failed)
		}
	}
	for name, n := range total {
		if root.attr(name) != fmt.Sprint(n) {
			t.Errorf("in all %s are %d, not %s", name, n, root.attr(name))
		}
	}
	if bytes.Contains(reporttest.PrintIn(t, JUnit, print.Options{}, all[:4]...), []byte(` time="`)) {
		t.Error("something is timed")
	}
}

// outcomeOf says how the case of a rule or finding went.
func outcomeOf(t *testing.T, o print.Options, v *verdict.Verdict, name string) (class, outcome, message string) {
	t.Helper()
	var root element
	if err := xml.Unmarshal(reporttest.PrintIn(t, JUnit, o, v), &root); err != nil {
		t.Fatal(err)
	}
	for _, c := range root.Below[0].named("testcase") {
		if c.attr("name") != name {
			continue
		}
		for _, b := range c.Below {
			if outcome = b.XMLName.Local; outcome != "system-out" {
				return c.attr("classname"), outcome, b.attr("message")
			}
		}
		return c.attr("classname"), "passed", ""
	}
	return "", "no case", ""
}

func TestJUnitOutcomes(t *testing.T) {
	v := reporttest.Changed(t)
	v.Findings[0].SuppressedBy = v.Findings[1].Rule
	v.Rules.NotApplicable = append(v.Rules.NotApplicable, "L2/of-no-meaning")
	v.Rules.Silent = append(v.Rules.Silent, "org.acme.net/proxy-missing", "org.acme.net/other")
	o := print.Options{Rules: []maestro.Rule{{ID: "org.acme.net/proxy-missing", Layer: "L4"}}}
	for _, c := range []struct{ name, class, outcome, message string }{
		{"decision", "decision", "failure", "review, AIVSS 7.7 High (4.2–10.0 over 22 undisclosed facts)"},
		{"XL/opaque-capable-agent", "XL", "failure", "high finding: Little is disclosed about this agent, yet it reaches private data and can act."},
		{"L3/framework-undisclosed", "L3", "passed", ""},
		{"L3/tool-access-undisclosed google-workspace, hubspot, slack", "L3", "skipped", "waived by waivers.yaml:9 until 2026-03-01, risk@example.com: the pilot has synthetic data"},
		{"L4/egress-undisclosed", "L4", "passed", ""}, // it only warns
		{v.Findings[0].Rule, "L1", "skipped", "covered by " + v.Findings[1].Rule},
		{"L6/attestation-held soc2", "L6", "passed", ""},
		{v.Rules.Off[0], "L1", "skipped", "off by configuration"},
		{v.Rules.Silent[0], "L1", "passed", ""},
		{"L2/of-no-meaning", "L2", "skipped", "not applicable: it has nothing to say of whom was judged"},
		{"org.acme.net/proxy-missing", "L4", "passed", ""},
		{"org.acme.net/other", "org.acme.net", "passed", ""},
	} {
		class, outcome, message := outcomeOf(t, o, v, c.name)
		if class != "changed."+c.class || outcome != c.outcome || message != c.message {
			t.Errorf("%s: got %s, %s, %q", c.name, class, outcome, message)
		}
	}
}
