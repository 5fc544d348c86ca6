// Package report prints verdicts. It judges nothing: a format takes verdicts one
// by one, and is a file of this package.
package report

import (
	"fmt"
	"io"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/suggest"
	"github.com/audition-dev/audition/internal/verdict"
)

// Options are what a format may take from its surroundings.
type Options struct {
	// Color allows escape sequences, for a terminal.
	Color bool
	// Rules are all the rules that the run knew, for formats with a catalogue. Of
	// rules that are not among them a verdict tells what its findings say.
	Rules []maestro.Rule
}

// Format is a way to print verdicts.
type Format struct {
	Name string
	// Holds tells that it needs all verdicts before it can print the first, and so
	// the memory for all of them.
	Holds bool
	// Open begins to print to w. What is printed is whole after Close.
	Open func(w io.Writer, o Options) Writer
}

// formats is the list of all formats, the default first.
func formats() []Format {
	return []Format{
		{"text", false, newText},
		{"json", false, newJSON},
		{"yaml", false, newYAML},
		{"ndjson", false, newNDJSON},
		{"sarif", true, newSARIF},
		{"junit", false, newJUnit},
		{"github", false, newGitHub},
		{"gitlab", false, newGitLab},
		{"markdown", false, newMarkdown},
		{"html", false, newHTML},
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

// Print prints verdicts that are all there, and what could not be judged.
func Print(w Writer, r verdict.Record) error {
	for _, v := range r.Verdicts {
		if err := w.Write(v); err != nil {
			return err
		}
	}
	for _, u := range r.Undecided {
		if err := w.Undecided(u); err != nil {
			return err
		}
	}
	return w.Close()
}
