package rego

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// ManifestFile is the manifest of a bundle.
const ManifestFile = ".manifest"

// Limits on Rego files: bytes and number of those of a source.
const (
	// MaxFileBytes bounds one of them.
	MaxFileBytes   = 1 << 20
	maxSourceBytes = 16 << 20
	maxSourceFiles = 10_000
)

// File is a Rego file as it was read.
type File struct {
	// Source is the index of its source.
	Source int
	// Name is its path within the source.
	Name   string
	Data   []byte
	Module *ast.Module
	// Builtin files are ours, Test files are only read for authors.
	Builtin, Test bool
	fs            fs.FS
	// typing is set of a module that only says against which schemas a package is
	// checked; it is no file.
	typing bool
}

// Parsed is what sources hold, before it is compiled.
type Parsed struct {
	// Files are the Rego files by a key that sorts them by source and name.
	Files map[string]File
	// Documents are the data documents, in no order that means anything.
	Documents []Document
	data      *dataTree
}

// Parse reads sources, with their tests where tests is set. What could be read
// comes back beside the problems.
func Parse(sources []Source, tests bool) (*Parsed, Problems) {
	p, _, wrong := parseAll(sources, tests)
	return p, wrong
}

func parseAll(sources []Source, tests bool) (*Parsed, []Loaded, Problems) {
	p := &Parsed{Files: map[string]File{}}
	var all []Loaded
	var wrong Problems
	for i, s := range sources {
		loaded, err := p.readSource(i, s)
		all, wrong = append(all, loaded), append(wrong, ProblemsOf(err)...)
		if tests {
			wrong = append(wrong, ProblemsOf(p.readTests(i, s))...)
		}
	}
	var err error
	p.data, err = mergeData(p)
	return p, all, append(wrong, ProblemsOf(err)...)
}

// readSource reads what the source with this index holds: Rego without tests,
// data documents with their schemas, and the manifest of a bundle.
func (p *Parsed) readSource(index int, s Source) (Loaded, error) {
	sum := sha256.New()
	var errs []error
	size := &sized{Writer: sum}
	err := fs.WalkDir(s.FS, cmp.Or(s.File, "."), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		errs = append(errs, p.readFile(index, s, name, size))
		if size.files > maxSourceFiles || size.bytes > maxSourceBytes {
			return fmt.Errorf("expected at most %d files and %d bytes of Rego and data", maxSourceFiles, maxSourceBytes)
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
	if !rego && !manifest && !s.IsData(name) {
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
	case manifest:
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
	m, err := ParseFile(s.Shown(name), data)
	if err != nil {
		return err
	}
	// The index keeps sources apart, whatever they are called.
	p.Files[fmt.Sprintf("%04d %s", index, name)] = File{Source: index, Name: name, Data: data, Module: m, Builtin: s.builtin, Test: isTest(name), fs: s.FS}
	return nil
}

// readTests parses the tests of the source with this index.
func (p *Parsed) readTests(index int, s Source) error {
	var errs []error
	err := fs.WalkDir(s.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || s.builtin || !isTest(name) || s.File != "" && name != TestBeside(s.File) {
			return err
		}
		data, err := fs.ReadFile(s.FS, name)
		if err != nil {
			return err
		}
		errs = append(errs, p.add(index, s, name, data))
		return nil
	})
	return errors.Join(append(errs, err)...)
}

func isTest(name string) bool { return strings.HasSuffix(name, "_test.rego") }

// Holds tells whether anything but tests was read of the source with an index.
func (p *Parsed) Holds(index int) bool {
	for _, f := range p.Files {
		if f.Source == index && !f.Test && !f.typing {
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

// ParseFile parses a Rego file, which is called file in problems.
func ParseFile(file string, data []byte) (*ast.Module, error) {
	if len(data) > MaxFileBytes {
		return nil, Problem{File: file, Message: fmt.Sprintf("expected at most %d bytes, got %d", MaxFileBytes, len(data))}
	}
	if len(bytes.TrimSpace(data)) == 0 {
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
