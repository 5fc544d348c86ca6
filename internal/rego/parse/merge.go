package parse

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/audition-dev/audition/internal/document"
)

// dataTree is the data of all sources together, and the schemas of it.
type dataTree struct {
	root map[string]any
	// from is the document and the place of every value, by its reference.
	from    map[string]string
	schemas []dataSchema
	store   storage.Store
}

// dataSchema is a schema and the part of data that it is for.
type dataSchema struct {
	at   ast.Ref
	from string
	json any
}

// mergeData merges the data documents of all sources.
func mergeData(in *Parsed) (*dataTree, error) {
	t := &dataTree{root: map[string]any{}, from: map[string]string{}}
	var rules []ast.Ref
	for _, f := range in.Files {
		if f.Test {
			continue
		}
		for _, r := range f.Module.Rules {
			rules = append(rules, r.Ref().GroundPrefix())
		}
	}
	var errs []error
	for _, d := range in.Documents {
		errs = append(errs, t.add(t.root, nil, d.value, d))
		if d.schema != nil {
			errs = append(errs, t.addSchema(d, d.at, "", d.schema, rules))
		}
	}
	// The schemas of parts refine that of the whole.
	slices.SortStableFunc(t.schemas, func(a, b dataSchema) int { return cmp.Compare(len(a.at), len(b.at)) })
	t.store = inmem.NewFromObjectWithOpts(t.root, inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))
	return t, errors.Join(errs...)
}

// add merges values of a document at a path. What two documents define is an
// error.
func (t *dataTree) add(into map[string]any, at []string, values map[string]any, d Document) error {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		p := append(slices.Clip(at), key)
		old, exists := into[key]
		below, isObject := values[key].(map[string]any)
		object, wasObject := old.(map[string]any)
		switch ref := dataRef(p).String(); {
		case !exists && isObject:
			object = map[string]any{}
			into[key], t.from[ref] = object, d.place(p)
		case !exists:
			into[key], t.from[ref] = values[key], d.place(p)
			continue
		case !isObject || !wasObject:
			return d.Problem(p, "stands already in %s", t.from[ref])
		}
		if err := t.add(object, p, below, d); err != nil {
			return err
		}
	}
	return nil
}

// exists tells whether there is data at a path.
func (t *dataTree) exists(at []string) (bool, error) {
	var v any = t.root
	for _, key := range at {
		object, _ := v.(map[string]any)
		if v = object[key]; v == nil {
			return false, nil
		}
	}
	return true, nil
}

// addSchema gives the type checker the schema of a document, or the part of it at
// a pointer. To the checker an object with a schema has nothing else in it: where
// rules are in it too, only its other parts get their schemas.
func (t *dataTree) addSchema(d Document, at []string, pointer string, schema map[string]any, rules []ast.Ref) error {
	ref := dataRef(at)
	if len(at) > 2 && !slices.ContainsFunc(rules, func(r ast.Ref) bool { return r.HasPrefix(ref) }) {
		return t.putSchema(d, ref, pointer)
	}
	properties, _ := schema["properties"].(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(properties)) {
		below, _ := properties[key].(map[string]any)
		p := document.Join(document.Join(pointer, "properties"), key)
		if err := t.addSchema(d, append(slices.Clip(at), key), p, below, rules); err != nil {
			return err
		}
	}
	return nil
}

func (t *dataTree) putSchema(d Document, at ast.Ref, pointer string) error {
	for _, s := range t.schemas {
		if s.at.Equal(at) && s.from == d.schemaName {
			return nil // of two documents in one folder
		}
		if s.at.Equal(at) {
			return Problem{File: d.schemaName, Message: fmt.Sprintf("%s has a schema already in %s", at, s.from)}
		}
	}
	schema := d.schema
	if pointer != "" {
		// References within the schema stay what they are.
		schema = maps.Clone(schema)
		schema["$ref"] = (&url.URL{Fragment: pointer}).String()
	}
	t.schemas = append(t.schemas, dataSchema{at, d.schemaName, schema})
	return nil
}

// annotate has the references of a module to data type-checked.
func (t *dataTree) annotate(a *ast.Annotations) {
	for _, s := range t.schemas {
		a.Schemas = append(a.Schemas, &ast.SchemaAnnotation{Path: s.at, Schema: s.name()})
	}
}

// name is what the type checker knows a schema as.
func (s dataSchema) name() ast.Ref { return ast.SchemaRootRef.Append(ast.StringTerm(s.at.String())) }
