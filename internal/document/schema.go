package document

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/audition-dev/audition/internal/suggest"
)

// Schema is a compiled JSON Schema.
type Schema = jsonschema.Schema

// NewSchema compiles a schema that is complete in itself. Other files and the
// network are not read for it.
func NewSchema(name string, data []byte) (*Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	c := jsonschema.NewCompiler()
	c.UseLoader(jsonschema.SchemeURLLoader{})
	const url = "schema:///"
	if err := c.AddResource(url, doc); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s, err := c.Compile(url)
	if err != nil {
		return nil, unsound(name, err)
	}
	return s, nil
}

// unsound says in a line what is wrong with a schema.
func unsound(name string, err error) error {
	var invalid *jsonschema.SchemaValidationError
	if errors.As(err, &invalid) {
		if e, ok := invalid.Err.(*jsonschema.ValidationError); ok {
			first := leaves(e)[0]
			return &Error{Source: name, Pointer: pointerOf(first.InstanceLocation), Message: "no JSON Schema: " + sentence(first)}
		}
	}
	var elsewhere *jsonschema.LoadURLError
	if errors.As(err, &elsewhere) {
		return &Error{Source: name, Message: fmt.Sprintf("expected a schema that is complete in itself, got a reference to %s", elsewhere.URL)}
	}
	return fmt.Errorf("%s: %w", name, err)
}

// Embedded returns a function that compiles a schema which is part of the program,
// once. A broken one is a fault of the program: the function panics.
func Embedded(fsys fs.FS, file string) func() *Schema {
	return sync.OnceValue(func() *Schema {
		data, err := fs.ReadFile(fsys, file)
		if err == nil {
			var s *Schema
			if s, err = NewSchema(file, data); err == nil {
				return s
			}
		}
		panic(err)
	})
}

// ReadOne reads data that is one document of a schema.
func ReadOne(source string, data []byte, s *Schema) (*Document, error) {
	docs, err := Read(source, data)
	if err != nil {
		return nil, err
	}
	if len(docs) > 1 {
		return nil, docs[1].Errorf("", "expected one document, got %d", len(docs))
	}
	if errs := docs[0].Validate(s); len(errs) > 0 {
		return nil, errs.Sorted()
	}
	return docs[0], nil
}

// Validate checks a document against a schema and gives every violation its
// place and a sentence.
func (d *Document) Validate(s *Schema) Errors {
	v := validation{doc: d, schema: s}
	for _, p := range d.nulls {
		tokens := Split(p)
		parent := schemaAt(s, tokens[:len(tokens)-1])
		if key := tokens[len(tokens)-1]; parent != nil && parent.AdditionalProperties == false && parent.Properties[key] == nil {
			v.report(p, "unknown field%s", v.meant(key, parent))
		}
	}
	var invalid *jsonschema.ValidationError
	if err := s.Validate(d.Root); errors.As(err, &invalid) {
		found := leaves(invalid)
		slices.SortStableFunc(found, func(a, b *jsonschema.ValidationError) int {
			return slices.Compare(a.InstanceLocation, b.InstanceLocation)
		})
		for _, leaf := range found {
			v.explain(leaf)
		}
	}
	return v.errs
}

// validation collects what is wrong with a document.
type validation struct {
	doc    *Document
	schema *Schema
	errs   Errors
}

func (v *validation) report(pointer, format string, args ...any) {
	v.errs = append(v.errs, v.doc.Errorf(pointer, format, args...))
}

// meant says which property of a schema an unknown one is likely to be. It is
// not looked for when there are more errors than anybody reads.
func (v *validation) meant(name string, s *Schema) string {
	if s == nil || len(v.errs) >= MaxErrors {
		return ""
	}
	return suggest.DidYouMean(name, slices.Sorted(maps.Keys(s.Properties)))
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
func (v *validation) explain(e *jsonschema.ValidationError) {
	pointer := pointerOf(e.InstanceLocation)
	value := v.doc.Lookup(e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		parent := schemaAt(v.schema, e.InstanceLocation)
		for _, name := range slices.Sorted(slices.Values(k.Properties)) {
			v.report(Join(pointer, name), "unknown field%s", v.meant(name, parent))
		}
	case *kind.Required:
		v.report(pointer, "expected %s", strings.Join(k.Missing, ", "))
	case *kind.Type:
		if s := schemaAt(v.schema, e.InstanceLocation); s != nil && s.Enum != nil && slices.Contains(s.Enum.Values, any(true)) {
			v.control(pointer, value)
			break
		}
		v.report(pointer, "expected %s, got %s%s", expected(k.Want), TypeName(value), yamlHint(k.Want, value))
	case *kind.Enum:
		if slices.Contains(k.Want, any(true)) {
			v.control(pointer, value)
			break
		}
		candidates := make([]string, len(k.Want))
		for i, w := range k.Want {
			candidates[i] = fmt.Sprint(w)
		}
		v.report(pointer, "unknown value %q%s", Clip(fmt.Sprint(value)), suggest.DidYouMean(fmt.Sprint(value), candidates))
	case *kind.Pattern:
		form := "a text of the form " + k.Want
		if k.Want == day {
			form = "a day such as 2026-01-31"
		}
		v.report(pointer, "expected %s, got %s", form, TypeName(value))
	case *kind.UniqueItems:
		v.report(JoinIndex(pointer, k.Duplicates[1]), "stands already at index %d", k.Duplicates[0])
	case *kind.MinLength, *kind.MinItems:
		v.report(pointer, "expected a value, got nothing")
	case *kind.MaxLength:
		v.report(pointer, "expected at most %d characters, got %d", k.Want, k.Got)
	case *kind.Maximum:
		v.report(pointer, "expected at most %s, got %v", decimal(k.Want), value)
	case *kind.Minimum:
		v.report(pointer, "expected at least %s, got %v", decimal(k.Want), value)
	case *kind.MultipleOf:
		v.report(pointer, "expected a multiple of %s, got %v", decimal(k.Want), value)
	default:
		v.report(pointer, "%s", sentence(e))
	}
}

// day is the pattern of days in our schemas.
const day = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

// sentence is what the validator itself says, without the place.
func sentence(e *jsonschema.ValidationError) string {
	_, text, _ := strings.Cut(e.Error(), "': ")
	return text
}

func pointerOf(tokens []string) (pointer string) {
	for _, token := range tokens {
		pointer = Join(pointer, token)
	}
	return pointer
}

// decimal prints a bound of a schema as it was written.
func decimal(r *big.Rat) string {
	f, _ := r.Float64()
	return strconv.FormatFloat(f, 'f', -1, 64)
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

// Lookup returns the value at a location, or nil.
func (d *Document) Lookup(location []string) any {
	var v any = d.Root
	for _, token := range location {
		v = child(v, token)
	}
	return v
}

// Value returns the value at a pointer, or nil.
func (d *Document) Value(pointer string) any {
	var v any = d.Root
	for pointer != "" && v != nil {
		token, rest := Cut(pointer)
		v, pointer = child(v, unescape(token)), rest
	}
	return v
}

func (d *Document) Errorf(pointer, format string, args ...any) *Error {
	source := cmp.Or(d.Elsewhere(pointer), d.Source)
	return &Error{Source: source, Position: d.Position(pointer), Pointer: pointer, Message: fmt.Sprintf(format, args...)}
}

// Position returns the place of a pointer or of its nearest ancestor, which for
// the document is its first value. What is no pointer has no place.
func (d *Document) Position(pointer string) Position {
	if !IsPointer(pointer) {
		return Position{}
	}
	return d.at[d.nearest(pointer)]
}

// nearest is a pointer itself, or its nearest ancestor that has a place.
func (d *Document) nearest(pointer string) string {
	for pointer != "" && IsPointer(pointer) {
		if _, ok := d.at[pointer]; ok {
			return pointer
		}
		pointer = pointer[:strings.LastIndexByte(pointer, '/')]
	}
	return ""
}

func child(v any, token string) any {
	switch v := v.(type) {
	case map[string]any:
		return v[token]
	case []any:
		if i, ok := Index(token, len(v)); ok {
			return v[i]
		}
	}
	return nil
}
