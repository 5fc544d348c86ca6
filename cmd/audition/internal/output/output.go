// Package output is the flag -o, and what is written by it.
package output

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
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

// Sinks are outputs while verdicts are written to them. Files appear whole, when all
// of them are; the pages of a site and what goes to standard output as they come.
type Sinks struct {
	formats []print.Writer
	sites   []print.Writer
	folders []*folder // of the sites
	flushes []func() error
	files   []*file.Writing
	stdout  *standard
	earlier earlier
}

// Open begins to write in every format. The caller closes what comes back, and
// discards it in any case. What cannot be written is an error of usage: nothing was
// judged yet.
func (o *Outputs) Open(stdout io.Writer, rules []maestro.Rule) (*Sinks, error) {
	s := &Sinks{stdout: &standard{w: stdout}}
	if o.since != "" {
		var err error
		if s.earlier, err = readEarlier(o.since); err != nil {
			return nil, err
		}
	}
	for _, one := range o.orText() {
		if one.site {
			f := newFolder(one.path)
			if err := f.begin(); err != nil {
				s.Discard()
				return nil, fmt.Errorf("-o %s: %w", one.asked(), err)
			}
			s.sites, s.folders = append(s.sites, report.Site(f.write)), append(s.folders, f)
			continue
		}
		var to io.Writer = s.stdout
		options := print.Options{Color: session.Colored(stdout), Details: o.details, Rules: rules}
		if one.path != "" {
			options.Color = false
			f, err := file.Create(one.path)
			if err != nil {
				s.Discard()
				return nil, fmt.Errorf("-o %s=%w", one.format.Name, err)
			}
			s.files, to = append(s.files, f), f
		}
		b := bufio.NewWriterSize(to, 1<<16)
		s.formats, s.flushes = append(s.formats, one.format.Open(b, options)), append(s.flushes, b.Flush)
	}
	return s, nil
}

// standard is standard output. What it does not take is an error after the files
// are there.
type standard struct {
	w      io.Writer
	before func() // is called before something is written
	err    error
}

func (s *standard) Write(data []byte) (int, error) {
	if s.before != nil {
		s.before()
	}
	if s.err == nil {
		_, s.err = s.w.Write(data)
	}
	return len(data), nil
}

func (s *Sinks) each(do func(print.Writer) error) error {
	for _, w := range slices.Concat(s.formats, s.sites) {
		if err := do(w); err != nil {
			return unwritten(err)
		}
	}
	return nil
}

// Verdict writes a verdict in every format.
func (s *Sinks) Verdict(v *verdict.Verdict) error {
	if s.earlier != nil {
		before := s.earlier[key(v)]
		v.Before = &before
	}
	return s.each(func(w print.Writer) error { return w.Write(v) })
}

// Undecided writes in every format what could not be judged.
func (s *Sinks) Undecided(u verdict.Undecided) error {
	return s.each(func(w print.Writer) error { return w.Undecided(u) })
}

// Record writes all of a record, and closes.
func (s *Sinks) Record(r verdict.Record) error {
	for _, v := range r.Verdicts {
		if err := s.Verdict(v); err != nil {
			return err
		}
	}
	for _, u := range r.Undecided {
		if err := s.Undecided(u); err != nil {
			return err
		}
	}
	return s.Close()
}

// Close ends every format: first the files, then sites, then standard output.
func (s *Sinks) Close() error {
	for i, w := range s.formats {
		if err := w.Close(); err != nil {
			return unwritten(err)
		}
		if err := s.flushes[i](); err != nil {
			return unwritten(err)
		}
	}
	for _, f := range s.files {
		if err := f.Commit(); err != nil {
			return unwritten(err)
		}
	}
	for i, w := range s.sites {
		if err := w.Close(); err != nil {
			return unwritten(err)
		}
		if err := s.folders[i].prune(); err != nil {
			return unwritten(err)
		}
	}
	if s.stdout.err != nil {
		return unwritten(fmt.Errorf("standard output: %s", file.Cause(s.stdout.err)))
	}
	return nil
}

// Discard leaves no file half written.
func (s *Sinks) Discard() {
	for _, f := range s.files {
		f.Discard()
	}
}

// unwritten is an error of an output.
func unwritten(err error) error { return fault.Undecided(fmt.Errorf("output: %w", err)) }

// Before has something done before anything is written to standard output.
func (s *Sinks) Before(do func()) { s.stdout.before = do }
