// Package output is the flag -o, and what is written by it.
package output

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/report"
)

// Outputs is the flag -o FORMAT[=PATH], which can be repeated.
type Outputs struct {
	// all are those that were asked for; none is text on standard output.
	all     []output
	details bool
	// since is a directory of earlier verdicts, "" for none.
	since string
}

// output is one format and where it goes: a file, or standard output as "". A
// site goes to a directory.
type output struct {
	format report.Format
	path   string
	site   bool
}

var _ pflag.Value = (*Outputs)(nil)

// Add adds the flag.
func (o *Outputs) Add(f *pflag.FlagSet) {
	f.VarP(o, "output", "o", "format, and file if not standard output, as sarif=out.sarif, or a directory as html=site: "+strings.Join(report.Names(), ", ")+"; repeatable (default text); only "+strings.Join(report.Holding(), ", ")+" needs memory for all verdicts")
	f.BoolVar(&o.details, "details", false, "have text print all there is of an agent: factors, layers, findings, questions")
	f.StringVar(&o.since, "since", "", "directory of earlier verdicts, as json, ndjson or yaml: html shows what became stricter, laxer, higher or lower")
}

func (o *Outputs) String() string { return "" }
func (o *Outputs) Type() string   { return "format[=path]" }

// words are what a shell may offer.
func (o *Outputs) Words() []string { return report.Names() }

// Set adds an output. No two go to the same place, and a file has a folder.
func (o *Outputs) Set(s string) error {
	format, path, named := strings.Cut(s, "=")
	to, err := report.For(format)
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
			return fmt.Errorf("%s and %s both go to standard output, expected a path for one of them, as %s=FILE", other.format.Name, format, format)
		case path != "" && other.path != "" && same(path, other.path):
			return fmt.Errorf("%s and %s both go to %s", other.format.Name, format, path)
		}
	}
	site := format == "html" && path != "" && filepath.Ext(path) != ".html"
	if path != "" {
		if err := place(path, site); err != nil {
			return err
		}
	}
	o.all = append(o.all, output{to, path, site})
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

// Spare refuses outputs that would overwrite what the run reads.
func (o *Outputs) Spare(read []string) error {
	for _, one := range o.all {
		for _, path := range read {
			if one.path != "" && !one.site && path != "" && overwrites(one.path, path) {
				return fmt.Errorf("-o %s=%s: is what this run reads, expected another file", one.format.Name, one.path)
			}
		}
	}
	return nil
}

// overwrites tells whether a file that is written is another one, or is in that
// directory and there already.
func overwrites(written, read string) bool {
	if same(written, read) {
		return true
	}
	x, errX := filepath.Abs(written)
	y, errY := filepath.Abs(read)
	if errX != nil || errY != nil {
		return false
	}
	info, err := os.Stat(read)
	_, errWritten := os.Stat(written)
	return err == nil && errWritten == nil && info.IsDir() && strings.HasPrefix(x, y+string(filepath.Separator))
}

// Single tells whether an output holds one agent and no more.
func (o *Outputs) Single() bool {
	return slices.ContainsFunc(o.all, func(one output) bool { return one.format.Most == 1 && !one.site })
}

// Fit refuses outputs that do not hold so many agents, and flags that say nothing of any
// output.
func (o *Outputs) Fit(agents int) error {
	shown := map[string]bool{}
	for _, one := range o.orText() {
		shown[one.format.Name] = true
		most := one.format.Most
		switch {
		case one.site || most == 0 || agents <= most:
		case most == 1:
			return fmt.Errorf("-o %s: a page holds one agent, got %d; -o %s=DIR writes a site", one.asked(), agents, one.format.Name)
		default:
			return fmt.Errorf("-o %s: expected at most %d agents, got %d; check fewer in one run", one.asked(), most, agents)
		}
	}
	switch {
	case o.details && !shown["text"]:
		return fmt.Errorf("--details: expected -o text, which is what has them folded away")
	case o.since != "" && !shown["html"]:
		return errSince
	}
	return nil
}

// asked is how an output was asked for.
func (o output) asked() string {
	if o.path == "" {
		return o.format.Name
	}
	return o.format.Name + "=" + o.path
}

// Asks tells whether an output shows the questions of so many agents.
func (o *Outputs) Asks(agents int) bool {
	for _, one := range o.orText() {
		if report.Asks(one.format.Name, agents) {
			return true
		}
	}
	return false
}

func (o *Outputs) orText() []output {
	if len(o.all) > 0 {
		return o.all
	}
	format, _ := report.For(report.Names()[0])
	return []output{{format: format}}
}
