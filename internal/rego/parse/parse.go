// Package parse reads policy: the Rego files and data documents of sources, what
// is wrong with them and where, and a compiler that knows what they may refer to.
package parse

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// ManifestFile is the manifest of a bundle.
const ManifestFile = ".manifest"

// Limits on what is read.
const (
	// MaxFileBytes bounds a Rego file or a schema.
	MaxFileBytes = 1 << 20
	// MaxSourceBytes and MaxSourceFiles bound all of a source that counts.
	MaxSourceBytes = 16 << 20
	MaxSourceFiles = 10_000
)

// File is a Rego file as it was read.
type File struct {
	// Source is the index of its source.
	Source int
	// Name is its path within the source.
	Name   string
	Data   []byte
	Module *ast.Module
	// Builtin files are ours, InPlace files are under work to be ours, Test files are
	// only read for authors.
	Builtin, InPlace, Test bool
	fs                     fs.FS
	// Typing is set of a module that only says against which schemas a package is
	// checked; it is no file.
	Typing bool
}

// Parsed is what sources hold, before it is compiled.
type Parsed struct {
	// Files are the Rego files by a key that sorts them by source and name.
	Files map[string]File
	// Documents are the data documents, in no order that means anything.
	Documents []Document
	// Unread are files that stand where data do, and are not called as data are.
	Unread Problems
	// Loaded is what the sources are, in their order.
	Loaded []Loaded
	data   *dataTree
}

// Sources reads sources, with their tests where tests is set. What could be read
// comes back beside the problems.
func Sources(sources []Source, tests bool) (*Parsed, Problems) {
	p := &Parsed{Files: map[string]File{}}
	var wrong Problems
	for i, s := range sources {
		loaded, err := p.readSource(i, s)
		p.Loaded, wrong = append(p.Loaded, loaded), append(wrong, ProblemsOf(err)...)
		if tests {
			wrong = append(wrong, ProblemsOf(p.readTests(i, s))...)
		}
	}
	var err error
	p.data, err = mergeData(p)
	return p, append(wrong, ProblemsOf(err)...)
}

// readSource reads what the source with this index holds: Rego without tests,
// data documents with their schemas, and the manifest of a bundle.
func (p *Parsed) readSource(index int, s Source) (Loaded, error) {
	sum := sha256.New()
	var errs []error
	size := &sized{Writer: sum}
	err := s.Each(func(name string) error {
		errs = append(errs, p.readFile(index, s, name, size))
		if size.files > MaxSourceFiles || size.bytes > MaxSourceBytes {
			return fmt.Errorf("expected at most %d files and %d bytes of Rego and data", MaxSourceFiles, MaxSourceBytes)
		}
		return nil
	})
	if err != nil {
		errs = append(errs, s.problem(err))
	}
	digest := "sha256:" + hex.EncodeToString(sum.Sum(nil))
	return Loaded{Source: s.Name, Digest: digest, Revision: s.Revision, Key: s.Key}, errors.Join(errs...)
}

// sized counts the files that are written to it, each at once.
type sized struct {
	io.Writer
	files, bytes int
}

func (s *sized) Write(p []byte) (int, error) {
	s.files, s.bytes = s.files+1, s.bytes+len(p)
	return s.Writer.Write(p)
}

// readFile reads a file, if it counts, and adds it to the digest of its source.
func (p *Parsed) readFile(index int, s Source, name string, sum io.Writer) error {
	rego := path.Ext(name) == ".rego" && !strings.HasSuffix(name, "_test.rego")
	manifest := s.Roots != nil && name == ManifestFile
	if path.Base(name) == schemaFile {
		return orphan(s, name)
	}
	table := s.Builtin && path.Dir(name) == "." && path.Ext(name) == ".yaml"
	if !rego && !manifest && !table && !s.IsData(name) {
		if ext := path.Ext(name); strings.HasPrefix(name, "org/") && slices.Contains([]string{".json", ".yaml", ".yml"}, ext) {
			p.Unread = append(p.Unread, Problem{File: s.Shown(name), Message: "is not read, expected data" + ext})
		}
		return nil
	}
	data, err := fs.ReadFile(s.FS, name)
	if err != nil {
		return s.problem(err)
	}
	digest(sum, name, data)
	switch {
	case rego:
		return p.add(index, s, name, data)
	case manifest, table:
		return nil
	}
	schema, err := readSchema(s, name)
	if err != nil {
		return err
	}
	if schema != nil {
		digest(sum, schemaBeside(name), schema)
	}
	d, err := readData(s, name, data, schema)
	if err != nil {
		return err
	}
	d.source = index
	p.Documents = append(p.Documents, d)
	return nil
}

// add parses a Rego file.
func (p *Parsed) add(index int, s Source, name string, data []byte) error {
	data = WithoutMark(data)
	m, err := Rego(s.Shown(name), data)
	if err != nil {
		return err
	}
	// The index keeps sources apart, whatever they are called.
	p.Files[fmt.Sprintf("%04d %s", index, name)] = File{Source: index, Name: name, Data: data, Module: m, Builtin: s.Builtin, InPlace: s.InPlace, Test: isTest(name), fs: s.FS}
	return nil
}

// readTests parses the tests of the source with this index.
func (p *Parsed) readTests(index int, s Source) error {
	var errs []error
	read := func(name string) error {
		if s.Builtin || !isTest(name) {
			return nil
		}
		data, err := fs.ReadFile(s.FS, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			err = p.add(index, s, name, data)
		}
		errs = append(errs, err)
		return nil
	}
	if s.File != "" {
		errs = append(errs, read(TestBeside(s.File)))
	} else {
		errs = append(errs, s.Each(read))
	}
	return errors.Join(errs...)
}

func isTest(name string) bool { return strings.HasSuffix(name, "_test.rego") }

// Beside returns the files together with the test beside one of them, and whether
// there is one.
func (p *Parsed) Beside(f File) (*Parsed, bool, error) {
	name := TestBeside(f.Name)
	data, err := fs.ReadFile(f.fs, name)
	if errors.Is(err, fs.ErrNotExist) {
		return p, false, nil
	}
	if err != nil {
		return p, false, err
	}
	test, err := Rego(name, data)
	if err != nil {
		return p, false, err
	}
	both := &Parsed{Files: maps.Clone(p.Files), data: p.data}
	both.Files["test"] = File{Module: test}
	return both, true, nil
}

// Holds tells whether anything but tests was read of the source with an index.
func (p *Parsed) Holds(index int) bool {
	for _, f := range p.Files {
		if f.Source == index && !f.Test && !f.Typing {
			return true
		}
	}
	return slices.ContainsFunc(p.Documents, func(d Document) bool { return d.source == index })
}

// empty refuses sources that hold nothing; a bundle may be for its configuration.
func (p *Parsed) empty(sources []Source) (wrong Problems) {
	for i, s := range sources {
		if !p.Holds(i) && s.Roots == nil {
			wrong = append(wrong, Problem{File: s.Name, Message: "nothing to load, expected Rego files or data documents"})
		}
	}
	return wrong
}

// digest adds a file to a digest. The length keeps the boundary between its name
// and its content.
func digest(sum io.Writer, name string, data []byte) {
	fmt.Fprintf(sum, "%s %d\n%s", name, len(data), data)
}

// WithoutMark is a text without the byte order mark that some editors begin it
// with, and that OPA does not know.
func WithoutMark(data []byte) []byte { return bytes.TrimPrefix(data, []byte("\ufeff")) }

// Rego parses a Rego file, which is called file in problems.
func Rego(file string, data []byte) (*ast.Module, error) {
	if len(data) > MaxFileBytes {
		return nil, Problem{File: file, Message: fmt.Sprintf("expected at most %d bytes, got %d", MaxFileBytes, len(data))}
	}
	if data = WithoutMark(data); len(bytes.TrimSpace(data)) == 0 {
		return nil, Problem{file, 1, 1, "expected a package, got an empty file"}
	}
	m, err := ast.ParseModuleWithOpts(file, string(data), ast.ParserOptions{ProcessAnnotation: true, Capabilities: Capabilities()})
	var parseErrors ast.Errors
	if errors.As(err, &parseErrors) {
		if len(parseErrors) == 1 && strings.HasSuffix(parseErrors[0].Message, "empty module") {
			return nil, Problem{file, 1, 1, "expected a package, got nothing but comments"}
		}
		return nil, placed(parseErrors)
	}
	return m, err
}
