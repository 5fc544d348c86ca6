package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// The elements of a JUnit report, as the schema of Jenkins (junit-10.xsd) has them. A
// time is nowhere required and nowhere given: the same tests give the same bytes.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string    `xml:"name,attr"`
		Class   string    `xml:"classname,attr"`
		Skipped *struct{} `xml:"skipped"`
		Error   *junitWhy `xml:"error"`
		Failure *junitWhy `xml:"failure"`
		Output  string    `xml:"system-out,omitempty"`
	}
	junitWhy struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// TestedJUnit prints a JUnit report, a test suite for each package and, where a
// threshold is asked for, one for the coverage.
func TestedJUnit(w io.Writer, t Tested) error {
	all := junitSuites{Name: "audition policy test"}
	suites := map[string]*junitSuite{}
	var order []string
	add := func(r TestResult) {
		s := suites[r.Package]
		if s == nil {
			s = &junitSuite{Name: r.Package}
			suites[r.Package] = s
			order = append(order, r.Package)
		}
		c := junitCase{Name: r.Name, Class: r.Package, Output: r.Output}
		why := &junitWhy{r.Message, strings.TrimSuffix(place(r.File, r.Line, 0), ": ")}
		switch r.Outcome {
		case "fail":
			c.Failure = why
			s.Failures++
		case "error":
			c.Error = why
			s.Errors++
		case "skip":
			c.Skipped = &struct{}{}
			s.Skipped++
		}
		s.Tests++
		s.Cases = append(s.Cases, c)
	}
	for _, r := range t.Tests {
		add(r)
	}
	if t.Threshold > 0 {
		r := TestResult{Package: "coverage", Name: fmt.Sprintf("at least %d %%", t.Threshold), Outcome: "pass"}
		if !t.enough() {
			r.Outcome, r.Message = "fail", t.coverage()
			for _, u := range t.Uncovered {
				r.Output += u.String() + "\n"
			}
		}
		add(r)
	}
	for _, name := range order {
		s := *suites[name]
		all.Tests, all.Failures, all.Errors = all.Tests+s.Tests, all.Failures+s.Failures, all.Errors+s.Errors
		all.Suites = append(all.Suites, s)
	}
	return encodeXML(w, all)
}

// encodeXML prints an indented document.
func encodeXML(w io.Writer, v any) error {
	data, err := xml.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, data)
	return err
}
