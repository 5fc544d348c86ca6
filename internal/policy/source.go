package policy

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
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/policies"
)

// maxPolicyBytes bounds one Rego file.
const maxPolicyBytes = 1 << 20

// file is a Rego file as it was read.
type file struct {
	source  int // index of its source
	fs      fs.FS
	builtin bool
	name    string
	data    []byte
	module  *ast.Module
}

// inputs are what the sources hold.
type inputs struct {
	files     map[string]file
	documents []dataDocument
}

// shown is what a file of the source is called in messages.
func (s Source) shown(name string) string {
	switch {
	case s.builtin:
		return name
	case s.File != "":
		return path.Join(path.Dir(s.Name), path.Base(name))
	}
	return path.Join(s.Name, name)
}

// readSource reads what the source with this index holds: Rego without tests,
// data documents with their schemas, and the manifest of a bundle.
func readSource(index int, s Source, in *inputs) (Loaded, error) {
	sum := sha256.New()
	var errs []error
	err := fs.WalkDir(s.FS, cmp.Or(s.File, "."), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		errs = append(errs, readFile(index, s, name, in, sum))
		return nil
	})
	if err != nil {
		errs = append(errs, fmt.Errorf("%s: %w", s.Name, err))
	}
	digest := "sha256:" + hex.EncodeToString(sum.Sum(nil))
	return Loaded{Source: s.Name, Digest: digest, Revision: s.Revision, Key: s.Key}, errors.Join(errs...)
}

// readFile reads a file, if it counts, and adds it to the digest of its source.
func readFile(index int, s Source, name string, in *inputs, sum io.Writer) error {
	rego := path.Ext(name) == ".rego" && !strings.HasSuffix(name, "_test.rego")
	manifest := s.Roots != nil && name == manifestFile
	if path.Base(name) == schemaFile {
		return orphan(s, name)
	}
	if !rego && !manifest && !s.isData(name) {
		return nil
	}
	data, err := fs.ReadFile(s.FS, name)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	digest(sum, name, data)
	switch {
	case rego:
		m, err := parse(s.shown(name), data)
		if err != nil {
			return err
		}
		// The index keeps sources apart, whatever they are called.
		in.files[fmt.Sprintf("%04d %s", index, name)] = file{index, s.FS, s.builtin, name, data, m}
		return nil
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
	in.documents = append(in.documents, d)
	return nil
}

// holds tells whether anything was read of the source with an index.
func (in inputs) holds(index int) bool {
	for _, f := range in.files {
		if f.source == index {
			return true
		}
	}
	return slices.ContainsFunc(in.documents, func(d dataDocument) bool { return d.source == index })
}

// empty refuses sources that hold nothing; a bundle may be for its configuration.
func empty(sources []Source, in inputs) error {
	var errs []error
	for i, s := range sources {
		if !in.holds(i) && s.Roots == nil {
			errs = append(errs, fmt.Errorf("%s: nothing to load, expected Rego files or data documents", s.Name))
		}
	}
	return errors.Join(errs...)
}

// digest adds a file to a digest. The length keeps the boundary between its name
// and its content.
func digest(sum io.Writer, name string, data []byte) {
	fmt.Fprintf(sum, "%s %d\n%s", name, len(data), data)
}

func parse(file string, data []byte) (*ast.Module, error) {
	if len(data) > maxPolicyBytes {
		return nil, fmt.Errorf("%s: expected at most %d bytes, got %d", file, maxPolicyBytes, len(data))
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fmt.Errorf("%s:1:1: expected a package, got an empty file", file)
	}
	m, err := ast.ParseModuleWithOpts(file, string(data), ast.ParserOptions{ProcessAnnotation: true, Capabilities: capabilities()})
	var parseErrors ast.Errors
	if errors.As(err, &parseErrors) {
		if len(parseErrors) == 1 && strings.HasSuffix(parseErrors[0].Message, "empty module") {
			return nil, fmt.Errorf("%s:1:1: expected a package, got nothing but comments", file)
		}
		return nil, placed(parseErrors)
	}
	return m, err
}

// typedKey begins the key of a module that only says against which schemas a
// package is checked. No source has such a key.
const typedKey = "typed "

// adopt checks that the modules of organisations keep to their own packages, and
// has their input type-checked like that of a rule or a gate of ours, unless they
// say against which schemas.
func adopt(files map[string]file, data *dataTree) error {
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(files)) {
		if f := files[key]; !f.builtin {
			errs = append(errs, ownPackage(f.module), foreignSchema(f.module))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	annotated := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(files)) {
		m, pkg := files[key].module, packageOf(files[key].module)
		if i := slices.IndexFunc(m.Annotations, func(a *ast.Annotations) bool { return a.Scope == "package" }); i >= 0 && !files[key].builtin {
			annotated[pkg] = true
			if len(m.Annotations[i].Schemas) == 0 {
				m.Annotations[i].Schemas = schemasFor(pkg).Annotations[0].Schemas
			}
			data.annotate(m.Annotations[i])
		}
	}
	for key, f := range maps.Clone(files) {
		if pkg := packageOf(f.module); !f.builtin && !annotated[pkg] && !strings.HasPrefix(key, typedKey) {
			m := schemasFor(pkg)
			data.annotate(m.Annotations[0])
			files[typedKey+pkg] = file{module: m}
		}
	}
	return nil
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

func ownPackage(m *ast.Module) error {
	if parts := strings.Split(packageOf(m), "."); parts[0] != "org" || len(parts) < 3 || strings.Contains(packageOf(m), "[") {
		return fmt.Errorf("%s:%d: package %s: expected org.<name>.<topic>", m.Package.Loc().File, m.Package.Loc().Row, packageOf(m))
	}
	return nil
}

// foreignSchema refuses schemas in metadata that refer to others: OPA would read
// files of the host for them.
func foreignSchema(m *ast.Module) error {
	for _, a := range m.Annotations {
		for _, s := range a.Schemas {
			if text, err := json.Marshal(s.Definition); err != nil || bytes.Contains(text, []byte(`"$ref"`)) {
				return fmt.Errorf("%s:%d: metadata: schemas: expected a schema without $ref, or the name of one such as schema.profile", a.Loc().File, a.Loc().Row)
			}
		}
	}
	return nil
}

func packageOf(m *ast.Module) string { return strings.TrimPrefix(m.Package.Path.String(), "data.") }

func isGate(pkg string) bool { return pkg == "gate" || strings.HasSuffix(pkg, ".gate") }

// Framework returns the version of MAESTRO that the builtin rules are for.
func Framework() (*maestro.Framework, error) {
	data, err := policies.FS.ReadFile("layers.yaml")
	if err != nil {
		return nil, err
	}
	return maestro.ParseFramework(data)
}

// Taxonomies returns the published lists that the builtin rules refer to.
func Taxonomies() ([]maestro.Taxonomy, error) {
	data, err := policies.FS.ReadFile("references.yaml")
	if err != nil {
		return nil, err
	}
	return maestro.ParseTaxonomies(data)
}

// readSchemas gives the type checker the embedded schemas as schema.<name>.
func readSchemas() (*ast.SchemaSet, error) {
	set := ast.NewSchemaSet()
	files, err := fs.Glob(policies.FS, "schema/*.jsonschema")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		data, err := policies.FS.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var schema any
		if err := json.Unmarshal(data, &schema); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		name := strings.TrimSuffix(path.Base(file), path.Ext(file))
		set.Put(ast.SchemaRootRef.Append(ast.StringTerm(name)), schema)
	}
	return set, nil
}

// impure are builtins that OPA does not call nondeterministic and that read the
// clock, the zone files of the host, or source text all the same.
var impure = []string{
	"crypto.x509.parse_and_verify_certificates", "crypto.x509.parse_and_verify_certificates_with_options",
	"time.add_date", "time.clock", "time.date", "time.diff", "time.format", "time.parse_ns", "time.weekday",
	"rego.parse_module", "trace",
}

// capabilities are OPA's own without what would make a verdict depend on
// anything but its inputs.
var capabilities = sync.OnceValue(func() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool {
		return b.Nondeterministic || slices.Contains(impure, b.Name)
	})
	c.AllowNet = []string{}
	return c
})
