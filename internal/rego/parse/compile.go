package parse

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"

	"github.com/audition-dev/audition/policies"
)

// Store holds the data.
func (p *Parsed) Store() storage.Store { return p.data.store }

// Data is the data, as encoding/json has it. It is not the caller's to change.
func (p *Parsed) Data() map[string]any { return p.data.root }

// Compile compiles all files but tests.
func (p *Parsed) Compile() (*ast.Compiler, Problems) {
	c, err := p.Compiler()
	if err != nil {
		return nil, ProblemsOf(err)
	}
	modules := map[string]*ast.Module{}
	for _, key := range p.Keys() {
		modules[key] = p.Files[key].Module
	}
	if c.Compile(modules); c.Failed() {
		return nil, ProblemsOf(c.Errors)
	}
	return c, nil
}

// Compiler returns a new compiler for the files. It is strict and reports every
// error.
func (p *Parsed) Compiler() (*ast.Compiler, error) {
	schemas, err := schemaSet()
	if err != nil {
		return nil, err
	}
	for _, s := range p.data.schemas {
		schemas.Put(s.name(), s.json)
	}
	return ast.NewCompiler().
		WithStrict(true).
		WithCapabilities(Capabilities()).
		WithSchemas(schemas).
		WithUseTypeCheckAnnotations(true).
		WithPathConflictsCheck(p.data.exists).
		SetErrorLimit(0), nil
}

// schemas are the embedded JSON Schemas by name. What gates read of the profile
// and of what is derived is what rules read of them.
var schemas = sync.OnceValues(func() (map[string]map[string]any, error) {
	files, err := fs.Glob(policies.FS, "schema/*.jsonschema")
	if err != nil {
		return nil, err
	}
	all := map[string]map[string]any{}
	for _, file := range files {
		data, err := policies.FS.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var schema map[string]any
		if err := json.Unmarshal(data, &schema); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all[strings.TrimSuffix(path.Base(file), path.Ext(file))] = schema
	}
	gate, _ := all["gate"]["properties"].(map[string]any)
	for part, name := range map[string]string{"profile": "profile", "derived": "facts"} {
		schema := maps.Clone(all[name])
		delete(schema, "$id") // it would be a base of references within the other
		delete(schema, "$schema")
		gate[part] = schema
	}
	return all, nil
})

// Schemas are against which a module is checked, as far as they are ours; nil is
// none.
type Schemas struct{ Input, Derived map[string]any }

// SchemasOf returns the schemas of a module, once it was adopted.
func (p *Parsed) SchemasOf(m *ast.Module) (out Schemas) {
	all, err := schemas()
	if err != nil {
		return out
	}
	for _, f := range p.Files {
		if !f.Module.Package.Path.Equal(m.Package.Path) {
			continue
		}
		for _, a := range f.Module.Annotations {
			for _, s := range a.Schemas {
				if a.Scope != "package" || s.Definition != nil || len(s.Schema) != 2 {
					continue
				}
				name, _ := s.Schema[1].Value.(ast.String)
				switch s.Path.String() {
				case "input":
					out.Input = all[string(name)]
				case "input.derived":
					out.Derived = all[string(name)]
				}
			}
		}
	}
	return out
}

// schemaSet gives the type checker the embedded schemas as schema.<name>.
func schemaSet() (*ast.SchemaSet, error) {
	all, err := schemas()
	set := ast.NewSchemaSet()
	for name, schema := range all {
		set.Put(ast.SchemaRootRef.Append(ast.StringTerm(name)), schema)
	}
	return set, err
}

// impure are builtins that OPA does not call nondeterministic and that read the
// clock, the zone files of the host, or source text all the same.
var impure = []string{
	"crypto.x509.parse_and_verify_certificates", "crypto.x509.parse_and_verify_certificates_with_options",
	"time.add_date", "time.clock", "time.date", "time.diff", "time.format", "time.parse_ns", "time.weekday",
	"rego.parse_module", "trace",
}

// Capabilities are OPA's own without what would make a verdict depend on anything
// but its inputs. Nobody changes them.
func Capabilities() *ast.Capabilities { return capabilities() }

var capabilities = sync.OnceValue(func() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool {
		return b.Nondeterministic || slices.Contains(impure, b.Name)
	})
	c.AllowNet = []string{}
	return c
})
