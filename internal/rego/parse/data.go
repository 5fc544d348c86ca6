package parse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/util"

	"github.com/audition-dev/audition/internal/document"
)

// dataFiles are the files that hold data, as in a bundle of OPA.
var dataFiles = []string{"data.json", "data.yaml", "data.yml"}

// schemaFile is the JSON Schema of the data documents in its folder.
const schemaFile = "data.jsonschema"

// IsData tells whether a file of a source is a data document.
func (s Source) IsData(name string) bool {
	return name == s.File && path.Ext(name) != ".rego" || slices.Contains(dataFiles, path.Base(name))
}

// Document is a data document as it was read.
type Document struct {
	source int // index of its source
	doc    *document.Document
	// at is where in data the document stands; value is data with nothing else.
	at    []string
	value map[string]any
	// schema is the schema beside it, nil where there is none.
	schema     map[string]any
	schemaName string
}

// readData reads a data document, whose bytes are data, and the schema beside it,
// and holds the one against the other.
func readData(s Source, name string, data, schema []byte) (Document, error) {
	doc, err := document.ReadData(s.Shown(name), data)
	if err != nil {
		return Document{}, err
	}
	if err := readAlike(doc, path.Ext(name), data); err != nil {
		return Document{}, err
	}
	d := Document{doc: doc, value: doc.Root}
	if dir := path.Dir(name); s.File == "" && dir != "." {
		d.at = strings.Split(dir, "/")
	}
	for _, key := range slices.Backward(d.at) {
		d.value = map[string]any{key: d.value}
	}
	if err := d.foreign(); err != nil || schema == nil {
		return d, err
	}
	d.schemaName = s.Shown(schemaBeside(name))
	if err := json.Unmarshal(schema, &d.schema); err != nil {
		return d, Problem{File: d.schemaName, Message: "expected a JSON Schema: " + err.Error()}
	}
	if err := selfContained(d.schemaName, "", d.schema); err != nil {
		return d, err
	}
	compiled, err := document.NewSchema(d.schemaName, schema)
	if err != nil {
		return d, err
	}
	if errs := doc.Validate(compiled); len(errs) > 0 {
		return d, errs.Sorted()
	}
	return d, checkable(d.schemaName, d.schema)
}

// checkable has OPA's type checker read a schema, which knows less of JSON Schema
// and would otherwise complain about every rule.
func checkable(name string, schema any) error {
	const text = "# METADATA\n# scope: package\n# schemas: [{input: schema.it}]\npackage it\n\nit := 1"
	set := ast.NewSchemaSet()
	set.Put(ast.SchemaRootRef.Append(ast.StringTerm("it")), schema)
	c := ast.NewCompiler().WithCapabilities(Capabilities()).WithSchemas(set).WithUseTypeCheckAnnotations(true)
	c.Compile(map[string]*ast.Module{"it": ast.MustParseModuleWithOpts(text, ast.ParserOptions{ProcessAnnotation: true})})
	if c.Failed() {
		return Problem{File: name, Message: "OPA cannot check Rego with it: " + c.Errors[0].Message}
	}
	return nil
}

func schemaBeside(name string) string {
	return strings.TrimSuffix(name, path.Ext(name)) + ".jsonschema"
}

// readSchema returns the schema beside a data document, nil where there is none.
func readSchema(s Source, name string) ([]byte, error) {
	data, err := fs.ReadFile(s.FS, schemaBeside(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if len(data) > MaxFileBytes {
		return nil, Problem{File: s.Shown(schemaBeside(name)), Message: fmt.Sprintf("expected at most %d bytes, got %d", MaxFileBytes, len(data))}
	}
	return data, err
}

// orphan reports a schema that no data document stands beside.
func orphan(s Source, name string) error {
	for _, file := range dataFiles {
		if _, err := fs.Stat(s.FS, path.Join(path.Dir(name), file)); err == nil {
			return nil
		}
	}
	return Problem{File: s.Shown(name), Message: fmt.Sprintf("a schema without data, expected one of %s beside it", strings.Join(dataFiles, ", "))}
}

// readAlike refuses a document that means something else to OPA: OPA signs that
// meaning, and the organisation may use the same data elsewhere.
func readAlike(doc *document.Document, ext string, data []byte) error {
	unmarshal := util.Unmarshal
	if ext == ".json" {
		unmarshal = util.UnmarshalJSON
	}
	var theirs any
	if err := unmarshal(data, &theirs); err != nil {
		return doc.Errorf("", "OPA does not read it: %v", err)
	}
	a, errA := ast.InterfaceToValue(doc.Root)
	b, errB := ast.InterfaceToValue(theirs)
	if errA != nil || errB != nil || a.Compare(b) != 0 {
		return doc.Errorf("", "OPA reads it otherwise; write it as JSON")
	}
	return nil
}

// selfContained refuses a schema that refers to others: OPA would read files of
// the host for them.
func selfContained(name, pointer string, v any) error {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			p := document.Join(pointer, key)
			ref, isText := v[key].(string)
			switch outside := !strings.HasPrefix(ref, "#"); {
			case isText && outside && (key == "$ref" || key == "$dynamicRef" || key == "$recursiveRef"):
				return &document.Error{Source: name, Pointer: p, Message: fmt.Sprintf("expected a reference within the schema such as #/definitions/limit, got %q", document.Clip(ref))}
			case isText && outside && pointer != "" && (key == "$id" || key == "id"):
				return &document.Error{Source: name, Pointer: p, Message: "expected no base of references but that of the whole schema"}
			}
			if err := selfContained(name, p, v[key]); err != nil {
				return err
			}
		}
	case []any:
		for i, item := range v {
			if err := selfContained(name, document.JoinIndex(pointer, i), item); err != nil {
				return err
			}
		}
	}
	return nil
}

// foreign reports data that are not those of an organisation.
func (d Document) foreign() error {
	for _, key := range slices.Sorted(maps.Keys(d.value)) {
		names, ok := d.value[key].(map[string]any)
		if !ok || key != "org" {
			return d.Problem([]string{key}, "expected data below org.<name>")
		}
		for _, name := range slices.Sorted(maps.Keys(names)) {
			if _, ok := names[name].(map[string]any); !ok {
				return d.Problem([]string{key, name}, "expected data below org.<name>")
			}
		}
	}
	return nil
}

// Problem is one about a path of data that the document defines.
func (d Document) Problem(path []string, format string, args ...any) Problem {
	p := d.position(path)
	return Problem{d.doc.Source, p.Line, p.Column, fmt.Sprintf("%s: %s", dataRef(path), fmt.Sprintf(format, args...))}
}

// position is where the document defines a path of data.
func (d Document) position(path []string) document.Position {
	pointer := ""
	for _, token := range path[min(len(d.at), len(path)):] {
		pointer = document.Join(pointer, token)
	}
	return d.doc.Position(pointer)
}

// place writes it as file:line:column.
func (d Document) place(path []string) string {
	p := d.position(path)
	return fmt.Sprintf("%s:%d:%d", d.doc.Source, p.Line, p.Column)
}

// Leaves are the paths of data that the document defines, sorted.
func (d Document) Leaves() (out [][]string) {
	var walk func(at []string, v any)
	walk = func(at []string, v any) {
		object, ok := v.(map[string]any)
		if !ok || len(object) == 0 && len(at) >= 2 {
			out = append(out, at)
		}
		for _, key := range slices.Sorted(maps.Keys(object)) {
			walk(append(slices.Clip(at), key), object[key])
		}
	}
	walk(nil, d.value)
	return out
}

func dataRef(at []string) ast.Ref {
	ref := ast.Ref{ast.DefaultRootDocument}
	for _, token := range at {
		ref = ref.Append(ast.StringTerm(token))
	}
	return ref
}
