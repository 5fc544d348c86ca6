package document

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/audition-dev/audition/internal/suggest"
)

// Schema is a compiled JSON Schema.
type Schema = jsonschema.Schema

// NewSchema compiles a schema that is complete in itself.
func NewSchema(name string, data []byte) (*Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, doc); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c.Compile(name)
}

// Validate checks a document against a schema and gives every violation its
// place and a sentence.
func (d *Document) Validate(s *Schema) Errors {
	var errs Errors
	report := func(pointer, format string, args ...any) {
		errs = append(errs, d.Errorf(pointer, format, args...))
	}
	for _, p := range d.nulls {
		tokens := Split(p)
		parent := schemaAt(s, tokens[:len(tokens)-1])
		if key := tokens[len(tokens)-1]; parent != nil && parent.AdditionalProperties == false && parent.Properties[key] == nil {
			report(p, "unknown field%s", suggest.DidYouMean(key, properties(parent)))
		}
	}
	var invalid *jsonschema.ValidationError
	if err := s.Validate(d.Root); errors.As(err, &invalid) {
		for _, leaf := range leaves(invalid) {
			explain(s, leaf, d, report)
		}
	}
	return errs
}

// leaves returns the violations that have no further cause.
func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	var out []*jsonschema.ValidationError
	for _, c := range e.Causes {
		out = append(out, leaves(c)...)
	}
	return out
}

// explain turns one violation into sentences for a person.
func explain(s *Schema, e *jsonschema.ValidationError, d *Document, report func(pointer, format string, args ...any)) {
	pointer := ""
	for _, token := range e.InstanceLocation {
		pointer = Join(pointer, token)
	}
	value := d.Lookup(e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		known := properties(schemaAt(s, e.InstanceLocation))
		for _, name := range k.Properties {
			report(Join(pointer, name), "unknown field%s", suggest.DidYouMean(name, known))
		}
	case *kind.Required:
		report(pointer, "expected %s", strings.Join(k.Missing, ", "))
	case *kind.Type:
		report(pointer, "expected %s, got %s%s", expected(k.Want), TypeName(value), yamlHint(k.Want, value))
	case *kind.Enum:
		candidates := make([]string, len(k.Want))
		for i, w := range k.Want {
			candidates[i] = fmt.Sprint(w)
		}
		report(pointer, "unknown value %q%s", Clip(fmt.Sprint(value)), suggest.DidYouMean(fmt.Sprint(value), candidates))
	case *kind.Pattern:
		report(pointer, "expected a day such as 2026-01-31, got %s", TypeName(value))
	case *kind.UniqueItems:
		report(JoinIndex(pointer, k.Duplicates[1]), "stands already at index %d", k.Duplicates[0])
	case *kind.MinLength, *kind.MinItems:
		report(pointer, "expected a value, got nothing")
	case *kind.MaxLength:
		report(pointer, "expected at most %d characters, got %d", k.Want, k.Got)
	case *kind.Minimum:
		report(pointer, "expected at least %s, got %v", k.Want.RatString(), value)
	default:
		report(pointer, "%v", e)
	}
}

func expected(types []string) string {
	words := map[string]string{"boolean": "true or false", "string": "a text", "array": "a list", "integer": "a whole number", "number": "a number", "object": "an object"}
	out := make([]string, len(types))
	for i, t := range types {
		out[i] = words[t]
	}
	return strings.Join(out, " or ")
}

// yamlHint helps with what YAML 1.1 read as a boolean and YAML 1.2 reads as a
// text, and with numbers where a text is expected.
func yamlHint(want []string, value any) string {
	text, isText := value.(string)
	switch {
	case slices.Contains(want, "boolean") && isText && slices.Contains([]string{"yes", "on", "y"}, strings.ToLower(text)):
		return "; write true"
	case slices.Contains(want, "boolean") && isText && slices.Contains([]string{"no", "off", "n"}, strings.ToLower(text)):
		return "; write false"
	case len(want) == 1 && want[0] == "string" && !isText:
		return "; quote it"
	}
	return ""
}

// schemaAt follows an instance location through properties and items.
func schemaAt(s *Schema, location []string) *Schema {
	for _, token := range location {
		if s == nil {
			return nil
		}
		switch next := s.Properties[token]; {
		case next != nil:
			s = next
		case s.Items != nil:
			s, _ = s.Items.(*Schema)
		default:
			s, _ = s.AdditionalProperties.(*Schema)
		}
	}
	return s
}

func properties(s *Schema) []string {
	if s == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(s.Properties))
}

// Lookup returns the value at a location, or nil.
func (d *Document) Lookup(location []string) any {
	var v any = d.Root
	for _, token := range location {
		v = child(v, token)
	}
	return v
}

func (d *Document) Errorf(pointer, format string, args ...any) *Error {
	return &Error{Source: d.Source, Position: d.Position(pointer), Pointer: pointer, Message: fmt.Sprintf(format, args...)}
}

// Position returns the place of a pointer or of its nearest ancestor.
func (d *Document) Position(pointer string) Position {
	for pointer != "" {
		if p, ok := d.at[pointer]; ok {
			return p
		}
		pointer = pointer[:strings.LastIndexByte(pointer, '/')]
	}
	return Position{1, 1}
}

func child(v any, token string) any {
	switch v := v.(type) {
	case map[string]any:
		return v[token]
	case []any:
		if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(v) {
			return v[i]
		}
	}
	return nil
}
