// Package policies embeds everything that is judgement and not Go: the Rego
// rules and gates, the JSON Schemas and the MAESTRO layers.
package policies

import "embed"

// FS holds this directory: maestro and gate (Rego), schema (JSON Schema) and
// the YAML documents beside them.
//
//go:embed maestro gate schema *.yaml
var FS embed.FS
