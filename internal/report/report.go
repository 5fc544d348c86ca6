// Package report prints verdicts. It judges nothing: a format is a function of
// verdicts, and a file of this package.
package report

import (
	"fmt"
	"io"

	"github.com/audition-dev/audition/internal/suggest"
	"github.com/audition-dev/audition/internal/verdict"
)

// Printer prints verdicts in one format.
type Printer func(io.Writer, []*verdict.Verdict, Options) error

// format is a name and its printer.
type format struct {
	name  string
	print Printer
}

// formats is the list of all formats, the default first.
func formats() []format {
	return []format{
		{"text", text},
		{"json", jsonDocument},
		{"yaml", yamlDocuments},
		{"ndjson", ndjson},
		{"sarif", sarif},
		{"junit", junit},
		{"github", github},
		{"gitlab", gitlab},
		{"markdown", markdown},
		{"html", htmlDocument},
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
