package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/policies"
)

// maxPolicyBytes bounds one Rego file.
const maxPolicyBytes = 1 << 20

// readSource parses the Rego files of a source, tests left out, into modules.
func readSource(s Source, modules map[string]*ast.Module) (Loaded, error) {
	sum := sha256.New()
	var errs []error
	err := fs.WalkDir(s.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return nil
		}
		data, err := fs.ReadFile(s.FS, name)
		if err != nil {
			return err
		}
		// The length keeps the boundary between a name and its content.
		fmt.Fprintf(sum, "%s %d\n%s", name, len(data), data)
		file := name
		if s.Name != Builtin().Name {
			file = path.Join(s.Name, name)
		}
		m, err := parse(file, data)
		if err != nil {
			errs = append(errs, err)
			return nil
		}
		modules[file] = m
		return nil
	})
	if err != nil {
		errs = append(errs, fmt.Errorf("%s: %w", s.Name, err))
	}
	return Loaded{Source: s.Name, Digest: "sha256:" + hex.EncodeToString(sum.Sum(nil))}, errors.Join(errs...)
}

func parse(file string, data []byte) (*ast.Module, error) {
	if len(data) > maxPolicyBytes {
		return nil, fmt.Errorf("%s: expected at most %d bytes, got %d", file, maxPolicyBytes, len(data))
	}
	m, err := ast.ParseModuleWithOpts(file, string(data), ast.ParserOptions{ProcessAnnotation: true, Capabilities: capabilities()})
	var parseErrors ast.Errors
	if errors.As(err, &parseErrors) {
		return nil, placed(parseErrors)
	}
	if err == nil && m == nil {
		return nil, fmt.Errorf("%s:1:1: expected a package, got an empty file", file)
	}
	return m, err
}

// Framework returns the version of MAESTRO that the builtin rules are for.
func Framework() (*maestro.Framework, error) {
	data, err := policies.FS.ReadFile("layers.yaml")
	if err != nil {
		return nil, err
	}
	return maestro.ParseFramework(data)
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

// capabilities are OPA's own without what would make a verdict depend on
// anything but its inputs.
func capabilities() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool {
		return b.Nondeterministic || b.Name == ast.RegoParseModule.Name || b.Name == ast.Trace.Name
	})
	c.AllowNet = []string{}
	return c
}
