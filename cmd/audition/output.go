package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report"
	"github.com/audition-dev/audition/internal/verdict"
)

// outputs is the flag -o FORMAT[=PATH], which can be repeated.
type outputs struct {
	// all are those that were asked for; none is text on standard output.
	all []output
}

// output is one format and where it goes: a file, or standard output as "".
type output struct {
	format string
	print  report.Printer
	path   string
}

var _ pflag.Value = (*outputs)(nil)

func (o *outputs) add(f *pflag.FlagSet) {
	f.VarP(o, "output", "o", "format, and file if not standard output, as sarif=out.sarif: "+strings.Join(report.Names(), ", ")+"; repeatable (default text)")
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
	if path != "" {
		if err := place(path); err != nil {
			return err
		}
	}
	o.all = append(o.all, output{format, print, path})
	return nil
}

// place says why a path is no place for a file.
func place(path string) error {
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %s", folder, cause(err))
	case !info.IsDir():
		return fmt.Errorf("%s: not a directory", folder)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s: expected a file, got a directory", path)
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

// write prints the verdicts in every format, and writes nothing before all of it
// is there: first the files, then standard output.
func (o *outputs) write(stdout io.Writer, verdicts []*verdict.Verdict, rules []maestro.Rule) error {
	var out bytes.Buffer
	var files []file
	for _, one := range o.orText() {
		text, options := &out, report.Options{Color: colored(stdout), Rules: rules}
		if one.path != "" {
			text, options.Color = &bytes.Buffer{}, false
		}
		if err := one.print(text, verdicts, options); err != nil {
			return &exit{exitUndecided, fmt.Errorf("output: %w", err)}
		}
		if one.path != "" {
			files = append(files, file{path: one.path, text: text.Bytes()})
		}
	}
	if err := writeAll(files); err != nil {
		return &exit{exitUndecided, fmt.Errorf("output: %w", err)}
	}
	if _, err := stdout.Write(out.Bytes()); err != nil {
		return &exit{exitUndecided, fmt.Errorf("output: standard output: %s", cause(err))}
	}
	return nil
}

// file is what is to be written.
type file struct {
	path string
	text []byte
	// temporary has the text until all files are there, and target is what it then
	// replaces.
	temporary, target string
}

// writeAll replaces every file, or none as far as that can be known before.
func writeAll(files []file) error {
	for i := range files {
		f := &files[i]
		defer func() {
			if f.temporary != "" {
				os.Remove(f.temporary)
			}
		}()
		if err := f.prepare(); err != nil {
			return fmt.Errorf("%s: %s", f.path, cause(err))
		}
	}
	for i := range files {
		if err := files[i].finish(); err != nil {
			return fmt.Errorf("%s: %s", files[i].path, cause(err))
		}
	}
	return nil
}

// prepare writes the text beside the file that it replaces, with the permissions
// of that; a link stays one. What is no file, such as a pipe, gets it at once.
func (f *file) prepare() error {
	target, flags, name := f.path, os.O_WRONLY, ""
	if resolved, err := filepath.EvalSymlinks(f.path); err == nil {
		target = resolved
	}
	old, err := os.Stat(target)
	if err != nil || old.Mode().IsRegular() {
		flags |= os.O_CREATE | os.O_EXCL
		name = filepath.Join(filepath.Dir(target), fmt.Sprintf(".%s.%d.tmp", filepath.Base(target), os.Getpid()))
	}
	w, err := os.OpenFile(cmp.Or(name, target), flags, 0o666)
	if err != nil {
		return err
	}
	f.temporary, f.target = name, target
	_, err = w.Write(f.text)
	if old != nil && name != "" && err == nil {
		err = w.Chmod(old.Mode().Perm())
	}
	return cmp.Or(err, w.Close())
}

// finish puts the file in its place.
func (f *file) finish() error {
	if f.temporary == "" {
		return nil
	}
	if err := os.Rename(f.temporary, f.target); err != nil {
		var link *os.LinkError
		if errors.As(err, &link) {
			return link.Err
		}
		return err
	}
	f.temporary = ""
	return nil
}
