package profile

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/policies"
)

// FactType describes one fact of the vocabulary.
type FactType struct {
	// Pointer is the JSON pointer of the fact, with * for an index.
	Pointer string
	// Type is the JSON type: boolean, string, integer or array.
	Type string
	// Values are the legal values of an enumeration, in the schema's order.
	Values []string
	// Items are the legal items of a list of words.
	Items       []string
	Description string
	// Optional tells that a boolean can also be optional.
	Optional bool
	// Safer says which answer speaks for the agent.
	Safer Safer
	// Purpose tells that the fact says what the subject is or is for: the annotation
	// x-purpose of the schema. To change it is to have another agent, no remedy.
	Purpose bool
}

// annotated is the schema as it is written: the compiled one has no annotations.
var annotated = policies.Parsed("schema/profile.jsonschema", func(_ string, data []byte) (root any, err error) {
	err = json.Unmarshal(data, &root)
	return root, err
})

// schema is the compiled JSON Schema of profiles.
var schema = document.Embedded(policies.FS, "schema/profile.jsonschema")

var vocabulary = sync.OnceValue(func() []FactType {
	var out []FactType
	root := schema()
	for _, name := range slices.Sorted(maps.Keys(root.Properties)) {
		if isFact("/" + name) {
			out = append(out, factTypes(document.Join("", name), root.Properties[name], member(annotated(), "properties", name))...)
		}
	}
	return out
})

// Vocabulary returns every fact of the schema, sorted by pointer. A list of
// objects stands beside the facts of its items.
func Vocabulary() []FactType { return vocabulary() }

func factTypes(pointer string, s *document.Schema, raw any) []FactType {
	kind := s.Types.ToStrings()[0]
	if kind == "object" {
		var out []FactType
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			out = append(out, factTypes(document.Join(pointer, name), s.Properties[name], member(raw, "properties", name))...)
		}
		return out
	}
	f := FactType{Pointer: pointer, Type: kind, Description: s.Description, Safer: readSafer(member(raw, "x-safer")), Purpose: member(raw, "x-purpose") == true}
	if s.Enum != nil {
		for _, v := range s.Enum.Values {
			if kind == "boolean" {
				f.Optional = f.Optional || v == Optional
			} else {
				f.Values = append(f.Values, v.(string))
			}
		}
	}
	items, isList := s.Items.(*document.Schema)
	switch {
	case isList && items.Types.ToStrings()[0] == "object":
		return append([]FactType{f}, factTypes(document.Join(pointer, "*"), items, member(raw, "items"))...)
	case isList && items.Enum != nil:
		for _, v := range items.Enum.Values {
			f.Items = append(f.Items, v.(string))
		}
	}
	return []FactType{f}
}

// IsFact tells whether a pointer is one fact of the vocabulary: a leaf, and with
// an index where the vocabulary has a list.
func IsFact(pointer string) bool {
	_, ok := TypeOf(pointer)
	return ok
}

// TypeOf returns the fact of the vocabulary that a pointer is.
func TypeOf(pointer string) (FactType, bool) {
	f, ok := leaves()[General(pointer)]
	return f, ok
}

var leaves = sync.OnceValue(func() map[string]FactType {
	out := map[string]FactType{}
	for _, f := range Vocabulary() {
		out[f.Pointer] = f
	}
	return out
})

var known = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, f := range Vocabulary() {
		for p := f.Pointer; p != ""; p = p[:strings.LastIndexByte(p, '/')] {
			out[p] = true
		}
		if f.Type == "array" {
			out[document.Join(f.Pointer, "*")] = true
		}
	}
	return out
})

// Known tells whether a pointer is a fact, a section or an item of a list of
// the vocabulary.
func Known(pointer string) bool { return known()[General(pointer)] }

// General puts * for every index of a pointer, as the vocabulary does.
func General(pointer string) string {
	out := ""
	for _, t := range document.Split(pointer) {
		if _, ok := document.Index(t, math.MaxInt); ok {
			t = "*"
		}
		out = document.Join(out, t)
	}
	return out
}

// Pointers returns the pointers of Vocabulary.
func Pointers() []string {
	out := make([]string, len(Vocabulary()))
	for i, f := range Vocabulary() {
		out[i] = f.Pointer
	}
	return out
}
