package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/batch"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// outputs is the flag -o FORMAT[=PATH], which can be repeated.
type outputs struct {
	// all are those that were asked for; none is text on standard output.
	all []output
}

// output is one format and where it goes: a file, or standard output as "". A
// site goes to a directory.
type output struct {
	format string
	print  report.Printer
	path   string
	site   bool
}

var _ pflag.Value = (*outputs)(nil)

func (o *outputs) add(f *pflag.FlagSet) {
	f.VarP(o, "output", "o", "format, and file if not standard output, as sarif=out.sarif, or a directory as html=site: "+strings.Join(report.Names(), ", ")+"; repeatable (default text)")
}

func (o *outputs) String() string { return "" }
func (o *outputs) Type() string   { return "format[=path]" }

// words are what a shell may offer.
func (o *outputs) words() []string { return report.Names() }

// Set adds an output. No two go to the same place, and a file has a folder.
func (o *outputs) Set(s string) error {
	format, path, named := strings.Cut(s, "=")
	print, err := report.For(format)
	switch {
	case err != nil:
		return err
	case named && path == "":
		return fmt.Errorf("expected a path after %s=", format)
	case path == "-" || path == "/dev/stdout":
		path = ""
	}
	for _, other := range o.all {
		switch {
		case path == "" && other.path == "":
			return fmt.Errorf("%s and %s both go to standard output, expected a path for one of them, as %s=FILE", other.format, format, format)
		case path != "" && other.path != "" && same(path, other.path):
			return fmt.Errorf("%s and %s both go to %s", other.format, format, path)
		}
	}
	site := format == "html" && path != "" && filepath.Ext(path) != ".html"
	if path != "" {
		if err := place(path, site); err != nil {
			return err
		}
	}
	o.all = append(o.all, output{format, print, path, site})
	return nil
}

// place says why a path is no place for a file, or for the directory of a site.
func place(path string, site bool) error {
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %s", folder, file.Cause(err))
	case !info.IsDir():
		return fmt.Errorf("%s: not a directory", folder)
	}
	info, err = os.Stat(path)
	switch {
	case err == nil && info.IsDir() && !site:
		return fmt.Errorf("%s: expected a file, got a directory", path)
	case err == nil && !info.IsDir() && site:
		return fmt.Errorf("%s: expected a directory or a name that ends in .html, got a file", path)
	}
	return nil
}

// same tells whether two paths are of one file.
func same(a, b string) bool {
	x, errX := filepath.Abs(a)
	y, errY := filepath.Abs(b)
	if errX == nil && errY == nil && x == y {
		return true
	}
	i, errI := os.Stat(a)
	j, errJ := os.Stat(b)
	return errI == nil && errJ == nil && os.SameFile(i, j)
}

// asks tells whether an output shows the questions of so many agents.
func (o *outputs) asks(agents int) bool {
	for _, one := range o.orText() {
		if report.Asks(one.format, agents) {
			return true
		}
	}
	return false
}

func (o *outputs) orText() []output {
	if len(o.all) > 0 {
		return o.all
	}
	print, _ := report.For(report.Names()[0])
	return []output{{format: report.Names()[0], print: print}}
}

// sinks are outputs while verdicts are written to them.
type sinks struct {
	outputs  *outputs
	stdout   io.Writer
	rules    []maestro.Rule
	verdicts []*verdict.Verdict
}

func (o *outputs) open(stdout io.Writer, rules []maestro.Rule) (*sinks, error) {
	return &sinks{outputs: o, stdout: stdout, rules: rules}, nil
}

func (s *sinks) verdict(v *verdict.Verdict) error {
	s.verdicts = append(s.verdicts, v)
	return nil
}

func (s *sinks) undecided(batch.Judged) error { return nil }

func (s *sinks) discard() {}

func (s *sinks) close() error {
	if len(s.verdicts) == 0 {
		return nil
	}
	return fault.Undecided(s.outputs.write(s.stdout, s.verdicts, s.rules))
}

// write prints the verdicts in every format, and writes nothing before all of it
// is there: first the files, then standard output.
func (o *outputs) write(stdout io.Writer, verdicts []*verdict.Verdict, rules []maestro.Rule) error {
	var out bytes.Buffer
	var files []*file.Writing
	for _, one := range o.orText() {
		if one.site {
			continue // page by page, after everything else is known to be well
		}
		var text io.Writer = &out
		options := print.Options{Color: colored(stdout), Rules: rules}
		if one.path != "" {
			options.Color = false
			f, err := file.Create(one.path)
			if err != nil {
				return fmt.Errorf("output: %w", err)
			}
			defer f.Discard()
			files, text = append(files, f), f
		}
		if err := one.print(text, verdicts, options); err != nil {
			return fmt.Errorf("output: %w", err)
		}
	}
	for _, f := range files {
		if err := f.Commit(); err != nil {
			return fmt.Errorf("output: %w", err)
		}
	}
	for _, one := range o.all {
		if !one.site {
			continue
		}
		err := os.MkdirAll(one.path, 0o755)
		if err == nil {
			err = report.Site(verdicts, func(name string, data []byte) error { return file.Replace(filepath.Join(one.path, name), data) })
		}
		if err != nil {
			return fmt.Errorf("output: %s", file.Cause(err))
		}
	}
	if _, err := stdout.Write(out.Bytes()); err != nil {
		return fmt.Errorf("output: standard output: %s", file.Cause(err))
	}
	return nil
}
