package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/verdict"
)

// The elements that Jenkins (junit-10.xsd) and GitLab read. No time is given: the
// same verdicts give the same bytes.
type (
	testSuites struct {
		XMLName xml.Name `xml:"testsuites"`
		Name    string   `xml:"name,attr"`
		testCounts
		Suites []testSuite `xml:"testsuite"`
	}
	testSuite struct {
		Name string `xml:"name,attr"`
		testCounts
		Properties []testProperty `xml:"properties>property,omitempty"`
		Cases      []testCase     `xml:"testcase"`
	}
	testCounts struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
	}
	testProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	testCase struct {
		Name    string       `xml:"name,attr"`
		Class   string       `xml:"classname,attr"`
		File    string       `xml:"file,attr"`
		Skipped *testSkipped `xml:"skipped"`
		Error   *testFailure `xml:"error"`
		Failure *testFailure `xml:"failure"`
		Output  *testOutput  `xml:"system-out"`
	}
	testSkipped struct {
		Message string `xml:"message,attr"`
	}
	testFailure struct {
		// Type is the decision that the failure leads to, or undecided.
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",cdata"`
	}
	testOutput struct {
		Text string `xml:",cdata"`
	}
)

// junit prints a suite for each agent: a case for its decision, and one for each
// rule, or for each of its findings. Findings that the decision is due to fail.
// What is waived, off, covered by a worse finding or without a meaning for the
// agent is skipped. A file that could not be judged is a suite of errors. The counts
// stand first, so the suites are held until the end.
type junit struct {
	w      io.Writer
	layers map[string]string // of rules
	seen   map[string]int    // suites of a name
	open   map[string]int    // the suite of a file that could not be judged
	all    testSuites
}

func newJUnit(w io.Writer, o Options) Writer {
	j := &junit{w: w, layers: map[string]string{}, seen: map[string]int{}, open: map[string]int{}, all: testSuites{Name: "audition"}}
	for _, r := range o.Rules {
		j.layers[r.ID] = r.Layer
	}
	return j
}

// name is the name of a suite. GitLab tells cases apart by class and name, so the
// class begins with it, and suites of one name are numbered.
func (j *junit) name(name string) string {
	name = clean(name)
	if j.seen[name]++; j.seen[name] > 1 {
		name = fmt.Sprintf("%s (%d)", name, j.seen[name])
	}
	return name
}

func (j *junit) Write(v *verdict.Verdict) error {
	s := newTestSuite(j.name(v.Subject.Name), v, j.layers)
	j.all.Tests, j.all.Failures, j.all.Skipped = j.all.Tests+s.Tests, j.all.Failures+s.Failures, j.all.Skipped+s.Skipped
	j.all.Suites = append(j.all.Suites, s)
	return nil
}

func (j *junit) Undecided(u verdict.Undecided) error {
	i, known := j.open[u.Source]
	if !known {
		i = len(j.all.Suites)
		j.open[u.Source] = i
		j.all.Suites = append(j.all.Suites, testSuite{Name: j.name(u.Source)})
	}
	s := &j.all.Suites[i]
	name := "undecided"
	if s.Tests > 0 {
		name = fmt.Sprintf("undecided (%d)", s.Tests+1)
	}
	s.Cases = append(s.Cases, testCase{
		Name: name, Class: s.Name + ".undecided", File: clean(file(u.Source)),
		Error: &testFailure{"undecided", clean(u.Message), clean(u.Place() + ": " + u.Message)},
	})
	s.Tests, s.Errors, j.all.Tests, j.all.Errors = s.Tests+1, s.Errors+1, j.all.Tests+1, j.all.Errors+1
	return nil
}

func (j *junit) Close() error { return encodeXML(j.w, j.all) }

func newTestSuite(name string, v *verdict.Verdict, layers map[string]string) testSuite {
	s := testSuite{Name: name, Properties: []testProperty{
		{"decision", string(v.Decision)}, {"aivss", v.Score.AIVSS.String()}, {"severity", string(v.Score.Severity)},
		{"low", v.Score.Low.String()}, {"high", v.Score.High.String()},
	}}
	for _, said := range loosened(v) {
		s.Properties = append(s.Properties, testProperty{"loosened", clean(said)})
	}
	add := func(layer, name string, c testCase) {
		c.Name, c.Class, c.File = clean(name), s.Name+"."+clean(layer), clean(file(v.Subject.Source))
		s.Tests++
		if c.Failure != nil {
			s.Failures++
		}
		if c.Skipped != nil {
			s.Skipped++
		}
		s.Cases = append(s.Cases, c)
	}
	add("decision", "decision", decided(v))
	fired := map[string]bool{}
	for _, f := range v.Findings {
		fired[f.Rule] = true
		add(f.Layer, f.Name(), newTestCase(v, f))
	}
	for _, outcome := range []struct {
		ids  []string
		skip *testSkipped
	}{
		{v.Rules.Silent, nil}, {v.Rules.NotApplicable, &testSkipped{"not applicable: its facts have no meaning for this agent"}},
		{v.Rules.Off, &testSkipped{"off by configuration"}},
	} {
		for _, id := range outcome.ids {
			layer, ok := layers[id]
			if !ok {
				layer, _, _ = strings.Cut(id, "/")
			}
			if !fired[id] {
				add(layer, id, testCase{Skipped: outcome.skip})
			}
		}
	}
	return s
}

// decided is the case of the decision.
func decided(v *verdict.Verdict) testCase {
	said := []string{clean(scored(v.Score))}
	for _, loose := range loosened(v) {
		said = append(said, clean(loose))
	}
	c := testCase{Output: &testOutput{strings.Join(said, "\n")}}
	if v.Decision == verdict.Approve {
		return c
	}
	var lines []string
	for _, r := range v.Reasons {
		lines = append(lines, clean(fmt.Sprintf("%s: %s", r.Decision, r.Message)))
	}
	c.Failure = &testFailure{string(v.Decision), clean(fmt.Sprintf("%s, %s", v.Decision, scored(v.Score))), strings.Join(lines, "\n")}
	return c
}

// newTestCase is the case of one finding, with its evidence.
func newTestCase(v *verdict.Verdict, f verdict.Finding) testCase {
	lines := []string{fmt.Sprintf("%s %s %s: %s", f.Status, f.Severity, f.Kind, f.Message)}
	for _, fact := range f.Facts {
		line := stated(fact)
		if fact.Disclosed {
			line = fmt.Sprintf("%s:%d:%d: %s", file(v.Subject.Source), fact.Line, fact.Column, line)
		}
		lines = append(lines, line)
	}
	if f.SetBy != "" {
		lines = append(lines, fmt.Sprintf("set by %s; %s by default", f.SetBy, f.DefaultSeverity))
	}
	if f.Kind != maestro.Strength {
		lines = append(lines, "What to do: "+f.Remediation)
	}
	for i := range lines {
		lines[i] = clean(lines[i])
	}
	c := testCase{Output: &testOutput{strings.Join(lines, "\n")}}
	reason := slices.IndexFunc(v.Reasons, func(r verdict.Reason) bool { return r.Rule == f.Rule && r.Term == f.Term })
	switch {
	case f.WaivedBy != "":
		c.Skipped = &testSkipped{clean(acceptance(v, f))}
	case f.SuppressedBy != "":
		c.Skipped = &testSkipped{clean("covered by " + f.SuppressedBy)}
	case reason >= 0:
		r := v.Reasons[reason] // the evidence again: GitLab shows no other text
		c.Failure = &testFailure{string(r.Decision), clean(r.Message), c.Output.Text}
	}
	return c
}
