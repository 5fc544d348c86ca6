// Package show prints what the commands find out beside verdicts: about rules,
// scores, waivers, tests, costs and differences.
package show

import (
	"bytes"
	"fmt"
	"io"

	"github.com/audition-dev/audition/internal/report/print"
)

// Checked is what a check of a policy found.
type Checked struct {
	Rules    int `json:"rules"`
	Gates    int `json:"gates"`
	Packages int `json:"packages"`
	// Errors are sorted by place.
	Errors []PolicyError `json:"errors"`
}

// PolicyError is one thing that is wrong with a policy, and where. A line or
// column of 0 is no place.
type PolicyError struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

// CheckedText prints the errors, a line each, or that there are none.
func CheckedText(w io.Writer, c Checked) error {
	var out bytes.Buffer
	for _, e := range c.Errors {
		out.WriteString(place(e.File, e.Line, e.Column) + print.Clean(e.Message) + "\n")
	}
	if len(c.Errors) == 0 {
		fmt.Fprintf(&out, "%s, %s in %s: fine\n", print.Count(c.Rules, "rule"), print.Count(c.Gates, "gate"), print.Count(c.Packages, "package"))
	}
	_, err := w.Write(out.Bytes())
	return err
}

// place is file:line:column: as far as there is one.
func place(file string, line, column int) string {
	switch {
	case file == "":
		return ""
	case line == 0:
		return print.Clean(file) + ": "
	case column == 0:
		return fmt.Sprintf("%s:%d: ", print.Clean(file), line)
	}
	return fmt.Sprintf("%s:%d:%d: ", print.Clean(file), line, column)
}

// CheckedJSON prints the same for machines.
func CheckedJSON(w io.Writer, c Checked) error {
	c.Errors = append([]PolicyError{}, c.Errors...)
	return print.Encode(w, c)
}
