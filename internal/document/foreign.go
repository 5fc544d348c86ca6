package document

import (
	"bytes"
	"encoding/json"
	"maps"

	"github.com/tailscale/hujson"
)

// ReadForeign parses what is written for another program: JSON may have comments and
// commas at the end, as editors take it. Every key stays, and what is null is
// absent. Its errors are *Error.
func ReadForeign(source string, data []byte) ([]*Document, error) {
	return (&reader{source: source, object: "an object", foreign: true}).read(plainJSON(data))
}

// plainJSON puts spaces for what JSON does not have, so that no place changes. What is
// no JSON of any kind stays.
func plainJSON(data []byte) []byte {
	trimmed := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	starts := len(trimmed) > 0 && (trimmed[0] == '{' || trimmed[0] == '/')
	// That parser has no limit of its own for levels.
	if !starts || len(data) > MaxBytes || json.Valid(trimmed) || bytes.Count(data, []byte("{"))+bytes.Count(data, []byte("[")) > maxNodes {
		return data
	}
	plain, err := hujson.Standardize(bytes.Clone(trimmed))
	if err != nil {
		return data
	}
	return bytes.Replace(data, trimmed, plain, 1)
}

// Place is a position in a file.
type Place struct {
	Source string
	Position
}

// Assemble makes a document of values that stand in several files. Places has a
// place for each pointer that has one; source is where the document itself begins.
// The values have to be those that Read gives.
func Assemble(source string, root map[string]any, places map[string]Place) *Document {
	d := &Document{Source: source, Root: root, at: map[string]Position{"": {1, 1}}, elsewhere: map[string]string{}}
	for pointer, p := range places {
		d.at[pointer] = p.Position
		if p.Source != source {
			d.elsewhere[pointer] = p.Source
		}
	}
	return d
}

// With returns the document with other values, and other places of some pointers.
func (d *Document) With(root map[string]any, places map[string]Place) *Document {
	e := *d
	e.Root, e.at, e.elsewhere = root, maps.Clone(d.at), maps.Clone(d.elsewhere)
	if e.elsewhere == nil {
		e.elsewhere = map[string]string{}
	}
	for pointer, p := range places {
		e.at[pointer] = p.Position
		if delete(e.elsewhere, pointer); p.Source != d.Source {
			e.elsewhere[pointer] = p.Source
		}
	}
	return &e
}

// Elsewhere returns the file of a pointer's place where it is another than Source,
// "" where it is not.
func (d *Document) Elsewhere(pointer string) string { return d.elsewhere[d.nearest(pointer)] }
