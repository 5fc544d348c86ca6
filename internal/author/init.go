package author

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/policies"
)

// templates is the policy of an organisation called acme.
//
//go:embed all:init
var templates embed.FS

// NewFile is a file of a new policy, by its path below the policy's directory.
type NewFile struct {
	Path string
	Data []byte
}

// organisation is what a name may be. It becomes part of Rego packages and of
// the ids of rules.
var organisation = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// New returns the files of a working policy of an organisation: a rule, a gate,
// their tests, a configuration, a job for CI, an agent to try them on, and for
// editors the schemas and an input with every field.
func New(name string) ([]NewFile, error) {
	switch {
	case !organisation.MatchString(name):
		return nil, fmt.Errorf("%q: expected lower-case letters, digits and _, a letter first, such as acme", name)
	case ast.IsKeyword(name):
		return nil, fmt.Errorf("%q is a keyword of Rego, expected a name such as %s_inc", name, name)
	}
	var files []NewFile
	err := fs.WalkDir(templates, "init", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := templates.ReadFile(path)
		files = append(files, NewFile{strings.TrimPrefix(path, "init/"), []byte(strings.ReplaceAll(string(data), "acme", name))})
		return err
	})
	if err != nil {
		return nil, err
	}
	schemas := map[string]map[string]any{}
	for _, schema := range []string{"facts", "gate", "profile"} {
		path := "schema/" + schema + ".jsonschema"
		data, err := policies.FS.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var parsed map[string]any
		if err := json.Unmarshal(data, &parsed); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		schemas[schema] = parsed
		files = append(files, NewFile{path, data})
	}
	input := sample(schemas["profile"]).(map[string]any)
	input["derived"] = sample(schemas["facts"])
	// It is no profile, and must not look like one.
	delete(input, "apiVersion")
	delete(input, "kind")
	data, err := json.MarshalIndent(input, "", "  ")
	return append(files, NewFile{"input.json", append(data, '\n')}), err
}

// sample returns a value with every field that a schema has.
func sample(schema map[string]any) any {
	kind := schema["type"]
	if several, ok := kind.([]any); ok {
		kind = several[0]
	}
	if values, ok := schema["enum"].([]any); ok {
		return values[0]
	}
	switch kind {
	case "object":
		out := map[string]any{}
		properties, _ := schema["properties"].(map[string]any)
		for name, p := range properties {
			out[name] = sample(p.(map[string]any))
		}
		return out
	case "array":
		items, _ := schema["items"].(map[string]any)
		return []any{sample(items)}
	case "boolean":
		return true
	case "integer", "number":
		return 1
	}
	return "text"
}
