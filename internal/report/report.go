// Package report is the table of the formats of verdicts. A format judges nothing: it
// takes verdicts one by one.
package report

import (
	"fmt"
	"io"

	"github.com/audition-dev/audition/internal/report/format"
	"github.com/audition-dev/audition/internal/report/html"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/text"
	"github.com/audition-dev/audition/internal/suggest"
)

// Format is a way to print verdicts.
type Format struct {
	Name string
	// Holds tells that it needs all verdicts before it can print the first, and so
	// the memory for all of them.
	Holds bool
	// Most is how many agents it can hold, 0 for any number.
	Most int
	// Open begins to print to w. What is printed is whole after Close.
	Open func(w io.Writer, o print.Options) print.Writer
}

// formats is the list of all formats, the default first.
func formats() []Format {
	return []Format{
		{"text", false, 0, text.Document},
		{"json", false, 0, format.JSON},
		{"yaml", false, 0, format.YAML},
		{"ndjson", false, 0, format.NDJSON},
		{"sarif", true, format.MaxResults, format.SARIF},
		{"junit", false, 0, format.JUnit},
		{"github", false, 0, format.GitHub},
		{"gitlab", false, 0, format.GitLab},
		{"markdown", false, 0, format.Markdown},
		{"html", false, 1, html.Document},
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
		names = append(names, f.Name)
	}
	return names
}

// Holding returns the names of the formats that hold all verdicts.
func Holding() []string {
	var names []string
	for _, f := range formats() {
		if f.Holds {
			names = append(names, f.Name)
		}
	}
	return names
}

// For returns a format. An unknown name is an error.
func For(name string) (Format, error) {
	for _, f := range formats() {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, fmt.Errorf("unknown format %q%s", name, suggest.DidYouMean(name, Names()))
}

// IsPage tells whether a file is one that a site wrote, see html.IsPage.
func IsPage(name string, data []byte) bool { return html.IsPage(name, data) }

// Site prints a page for every verdict and an index of them, see html.Site.
func Site(write func(name string, data []byte) error) print.Writer { return html.Site(write) }
