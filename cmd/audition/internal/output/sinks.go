package output

import (
	"bufio"
	"fmt"
	"io"
	"slices"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

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

var _ print.Writer = (*Sinks)(nil)

// Write writes a verdict in every format.
func (s *Sinks) Write(v *verdict.Verdict) error {
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
