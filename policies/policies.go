// Package policies embeds everything that is judgement and not Go: the Rego
// rules and gates, the JSON Schemas and the MAESTRO layers.
package policies

import (
	"embed"
	"sync"
)

// FS holds this directory: maestro and gate (Rego), schema (JSON Schema) and
// the YAML documents beside them.
//
//go:embed maestro gate schema *.yaml
var FS embed.FS

// Parsed returns a function that parses a file of FS, once. One that does not parse is a
// fault of the program: the function panics.
func Parsed[T any](name string, parse func(source string, data []byte) (T, error)) func() T {
	return sync.OnceValue(func() T {
		data, err := FS.ReadFile(name)
		var parsed T
		if err == nil {
			parsed, err = parse(name, data)
		}
		if err != nil {
			panic(err)
		}
		return parsed
	})
}
