package report

import (
	"fmt"
	"io"
	"strings"
)

// TestedJUnit prints a JUnit report, a test suite for each package and, where a
// threshold is asked for, one for the coverage.
func TestedJUnit(w io.Writer, t Tested) error {
	all := Suites{Name: "audition policy test"}
	suites := map[string]*Suite{}
	var order []string
	add := func(r TestResult) {
		s := suites[r.Package]
		if s == nil {
			s = &Suite{Name: r.Package}
			suites[r.Package] = s
			order = append(order, r.Package)
		}
		c := Case{Name: r.Name, Class: r.Package}
		if r.Output != "" {
			c.Output = &Text{Line: r.Output}
		}
		why := &Why{Message: r.Message, Text: Text{Line: strings.TrimSuffix(place(r.File, r.Line, 0), ": ")}}
		switch r.Outcome {
		case "fail":
			c.Failure = why
		case "error":
			c.Error = why
		case "skip":
			c.Skipped = &Skip{}
		}
		s.Add(c)
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
		all.Add(*suites[name])
	}
	return Write(w, all)
}
