// Package junit is the one shape of the JUnit reports that this program writes.
package junit

import (
	"encoding/xml"
	"fmt"
	"io"
)

// The elements that Jenkins (junit-10.xsd) and GitLab read. A time is nowhere
// required and nowhere given: the same cases give the same bytes.
type (
	// Suites is a report. Its counts are the sums of its suites.
	Suites struct {
		XMLName  xml.Name `xml:"testsuites"`
		Name     string   `xml:"name,attr"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Errors   int      `xml:"errors,attr"`
		// Skipped is nil in a report that does not sum what is skipped: the schema of
		// Jenkins has no place for it here.
		Skipped *int    `xml:"skipped,attr"`
		Suites  []Suite `xml:"testsuite"`
	}
	// Suite is cases that belong together. Its counts are those of its cases.
	Suite struct {
		Name       string      `xml:"name,attr"`
		Tests      int         `xml:"tests,attr"`
		Failures   int         `xml:"failures,attr"`
		Errors     int         `xml:"errors,attr"`
		Skipped    int         `xml:"skipped,attr"`
		Properties *Properties `xml:"properties"`
		Cases      []Case      `xml:"testcase"`
	}
	// Properties are what a suite says of itself. A suite without any has none.
	Properties struct {
		List []Property `xml:"property"`
	}
	// Property is something that a suite says of itself.
	Property struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	// Case is one thing that was tested; it passed if it is not skipped and has no
	// error and no failure. Name and Class tell it from all others.
	Case struct {
		Name    string `xml:"name,attr"`
		Class   string `xml:"classname,attr"`
		File    string `xml:"file,attr,omitempty"`
		Skipped *Skip  `xml:"skipped"`
		Error   *Why   `xml:"error"`
		Failure *Why   `xml:"failure"`
		Output  *Text  `xml:"system-out"`
	}
	// Skip says why a case says nothing.
	Skip struct {
		Message string `xml:"message,attr,omitempty"`
	}
	// Why says why a case did not pass.
	Why struct {
		Type    string `xml:"type,attr,omitempty"`
		Message string `xml:"message,attr"`
		Text
	}
	// Text is what stands in an element: a Line with character references, or Lines
	// as they are. One of them is empty.
	Text struct {
		Line  string `xml:",chardata"`
		Lines string `xml:",cdata"`
	}
)

// Add adds a case and counts it.
func (s *Suite) Add(c Case) {
	s.Tests++
	if c.Failure != nil {
		s.Failures++
	}
	if c.Error != nil {
		s.Errors++
	}
	if c.Skipped != nil {
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

// Add adds a suite and what it counts.
func (all *Suites) Add(s Suite) {
	all.Tests, all.Failures, all.Errors = all.Tests+s.Tests, all.Failures+s.Failures, all.Errors+s.Errors
	if all.Skipped != nil {
		*all.Skipped += s.Skipped
	}
	all.Suites = append(all.Suites, s)
}

// Write prints a report as an indented document.
func Write(w io.Writer, all Suites) error {
	data, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, data)
	return err
}
