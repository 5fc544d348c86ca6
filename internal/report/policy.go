package report

import (
	"bytes"
	"fmt"
	"io"
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
		out.WriteString(place(e.File, e.Line, e.Column) + clean(e.Message) + "\n")
	}
	if len(c.Errors) == 0 {
		fmt.Fprintf(&out, "%s, %s in %s: fine\n", count(c.Rules, "rule"), count(c.Gates, "gate"), count(c.Packages, "package"))
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
		return clean(file) + ": "
	case column == 0:
		return fmt.Sprintf("%s:%d: ", clean(file), line)
	}
	return fmt.Sprintf("%s:%d:%d: ", clean(file), line, column)
}

// CheckedJSON prints the same for machines.
func CheckedJSON(w io.Writer, c Checked) error {
	c.Errors = append([]PolicyError{}, c.Errors...)
	return encode(w, c)
}
