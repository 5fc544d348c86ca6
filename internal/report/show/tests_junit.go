package show

import (
	"fmt"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/report/junit"
)

// TestedJUnit prints a JUnit report, a test suite for each package and, where a
// threshold is asked for, one for the coverage.
func TestedJUnit(w io.Writer, t Tested) error {
	all := junit.Suites{Name: "audition policy test"}
	suites := map[string]*junit.Suite{}
	var order []string
	add := func(r TestResult) {
		s := suites[r.Package]
		if s == nil {
			s = &junit.Suite{Name: r.Package}
			suites[r.Package] = s
			order = append(order, r.Package)
		}
		c := junit.Case{Name: r.Name, Class: r.Package}
		if r.Output != "" {
			c.Output = &junit.Text{Line: r.Output}
		}
		why := &junit.Why{Message: r.Message, Text: junit.Text{Line: strings.TrimSuffix(place(r.File, r.Line, 0), ": ")}}
		switch r.Outcome {
		case "fail":
			c.Failure = why
		case "error":
			c.Error = why
		case "skip":
			c.Skipped = &junit.Skip{}
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
	return junit.Write(w, all)
}
