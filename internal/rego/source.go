package rego

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/policies"
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

// Source is a tree of Rego files and data documents. Its packages and its data
// are org.…, those of the builtin source maestro.… and gate. A data document is
// data.json, data.yaml or data.yml, and is the data at the path of its folder; a
// JSON Schema may stand beside it as data.jsonschema.
type Source struct {
	// Name is what the source is called in messages and verdicts.
	Name string
	FS   fs.FS
	// File is the one file of FS that counts; "" for all. It is a Rego file or a
	// data document, which may have any name and is data at the root; a schema
	// beside it has the same name and ends in .jsonschema.
	File string
	// Revision and Roots are those of the manifest of a bundle; nobody else has
	// packages or data below its roots. Roots is nil for what is no bundle.
	Revision string
	Roots    []string
	// Layer is the rank of the configuration that names the source, from 0 at the top.
	// Sources of different layers share no org.<name>.<topic>, in packages or in data.
	Layer int
	// Key is the id of the key that verified the signature; "" when not verified.
	Key string
	// Trusted sources are believed to end and to need little memory.
	Trusted bool
	builtin bool
	// below is a folder below which its files stand in messages.
	below string
}

// Untrusted tells whether nobody vouches for a source: it runs in a goroutine of
// its own within a time limit, and its caller has to bound its memory.
func (s Source) Untrusted() bool { return !s.builtin && !s.Trusted }

// Builtin is the source of the rules and gates that come with the program.
func Builtin() Source { return Source{Name: "builtin", FS: policies.FS, builtin: true} }

// BuiltinBelow is the builtin source with its files below a folder in messages, so
// that no file of an organisation has their names.
func BuiltinBelow(dir string) Source { s := Builtin(); s.below = dir; return s }

// Loaded is a source as it was loaded.
type Loaded struct {
	Source string `json:"source"`
	// Digest is the SHA-256 of its Rego files, tests left out, its data documents,
	// their schemas and the manifest of a bundle, each with its path.
	Digest string `json:"digest"`
	// Revision is that of a bundle.
	Revision string `json:"revision"`
	// Key is the id of the key that verified the signature of a bundle.
	Key string `json:"key,omitempty"`
}

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

// Shown is what a file of the source is called in messages.
func (s Source) Shown(name string) string {
	switch {
	case s.builtin:
		return path.Join(s.below, name)
	case s.File != "":
		return path.Join(path.Dir(s.Name), path.Base(name))
	}
	return path.Join(s.Name, name)
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

// TestBeside is the name of the test of a Rego file.
func TestBeside(name string) string { return strings.TrimSuffix(name, ".rego") + "_test.rego" }

// problem is an error about a source as a whole.
func (s Source) problem(err error) error { return Problem{File: s.Name, Message: err.Error()} }

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

// adopt checks that the modules of organisations keep to their own packages, and
// has their input type-checked like that of a rule or a gate of ours, unless they
// say against which schemas.
func (p *Parsed) adopt() Problems {
	if wrong := p.foreign(); len(wrong) > 0 {
		return wrong
	}
	annotated := map[string]bool{}
	for _, key := range p.keys() {
		m, pkg := p.Files[key].Module, PackageOf(p.Files[key].Module)
		if i := slices.IndexFunc(m.Annotations, func(a *ast.Annotations) bool { return a.Scope == "package" }); i >= 0 && !p.Files[key].Builtin {
			annotated[pkg] = true
			if len(m.Annotations[i].Schemas) == 0 {
				m.Annotations[i].Schemas = schemasFor(pkg).Annotations[0].Schemas
			}
			p.data.annotate(m.Annotations[i])
		}
	}
	for _, key := range p.keys() {
		f := p.Files[key]
		if pkg := PackageOf(f.Module); !f.Builtin && !annotated[pkg] && !f.typing {
			m := schemasFor(pkg)
			p.data.annotate(m.Annotations[0])
			p.Files["typed "+pkg] = File{Module: m, typing: true}
		}
	}
	return nil
}

// keys are those of the files that are no tests, sorted.
func (p *Parsed) keys() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(p.Files)), func(key string) bool { return p.Files[key].Test })
}

// foreign reports what modules of organisations may not say.
func (p *Parsed) foreign() (wrong Problems) {
	for _, key := range slices.Sorted(maps.Keys(p.Files)) {
		if f := p.Files[key]; !f.Builtin && !f.typing {
			wrong = append(wrong, append(OwnPackage(f.Module), foreignSchema(f.Module)...)...)
		}
	}
	return wrong
}

// schemasFor is a module of metadata only, in the words of OPA.
func schemasFor(pkg string) *ast.Module {
	schemas := `[{input: schema.profile}, {input.derived: schema.facts}]`
	if isGate(pkg) {
		schemas = `[{input: schema.gate}]`
	}
	text := "# METADATA\n# scope: package\n# schemas: " + schemas + "\npackage " + pkg
	return ast.MustParseModuleWithOpts(text, ast.ParserOptions{ProcessAnnotation: true})
}

// OwnPackage is the problem of a module whose package is not an organisation's.
func OwnPackage(m *ast.Module) Problems {
	if parts := strings.Split(PackageOf(m), "."); parts[0] != "org" || len(parts) < 3 || strings.Contains(PackageOf(m), "[") {
		return Problems{at(m.Package.Loc(), "package %s: expected org.<name>.<topic>", PackageOf(m))}
	}
	return nil
}

// foreignSchema refuses schemas in metadata that refer to others: OPA would read
// files of the host for them.
func foreignSchema(m *ast.Module) Problems {
	for _, a := range m.Annotations {
		for _, s := range a.Schemas {
			if text, err := json.Marshal(s.Definition); err != nil || bytes.Contains(text, []byte(`"$ref"`)) {
				return Problems{at(a.Loc(), "metadata: schemas: expected a schema without $ref, or the name of one such as schema.profile")}
			}
		}
	}
	return nil
}

// PackageOf is the package of a module without data.
func PackageOf(m *ast.Module) string { return strings.TrimPrefix(m.Package.Path.String(), "data.") }

func isGate(pkg string) bool { return pkg == "gate" || strings.HasSuffix(pkg, ".gate") }
