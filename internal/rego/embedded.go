package rego

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

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/policies"
)

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
