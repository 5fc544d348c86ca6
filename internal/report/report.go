// Package report is the table of the formats of verdicts. A format judges nothing: it
// is a function of verdicts.
package report

import (
	"fmt"
	"io"

	"github.com/audition-dev/audition/internal/report/format"
	"github.com/audition-dev/audition/internal/report/html"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/suggest"
	"github.com/audition-dev/audition/internal/verdict"
)

// Printer prints verdicts in one format.
type Printer func(io.Writer, []*verdict.Verdict, print.Options) error

// entry is a name and its printer.
type entry struct {
	name  string
	print Printer
}

// formats is the list of all formats, the default first.
func formats() []entry {
	return []entry{
		{"text", format.Text},
		{"json", format.JSON},
		{"yaml", format.YAML},
		{"ndjson", format.NDJSON},
		{"sarif", format.SARIF},
		{"junit", format.JUnit},
		{"github", format.GitHub},
		{"gitlab", format.GitLab},
		{"markdown", format.Markdown},
		{"html", html.Document},
	}
}

// Asks tells whether a format shows the questions of so many agents, which take
// most of the time to find.
func Asks(name string, agents int) bool {
	switch name {
	case "sarif", "junit", "github", "gitlab":
		return false
	case "text", "markdown":
		return agents == 1
	}
	return true
}

// Names returns the names of the formats, the default first.
func Names() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// For returns the printer of a format. An unknown name is an error.
func For(name string) (Printer, error) {
	for _, f := range formats() {
		if f.name == name {
			return f.print, nil
		}
	}
	return nil, fmt.Errorf("unknown format %q%s", name, suggest.DidYouMean(name, Names()))
}

// Site writes a page for every verdict and an index of them, see html.Site.
func Site(verdicts []*verdict.Verdict, write func(name string, data []byte) error) error {
	return html.Site(verdicts, write)
}
