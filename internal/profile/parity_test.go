package profile

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/policies"
)

// TestFactsMirrorTheSchema holds the Go type Facts and the JSON Schema
// together, in both directions.
func TestFactsMirrorTheSchema(t *testing.T) {
	inGo := map[string]string{}
	typesOf(t, reflect.TypeFor[Facts](), "", inGo)
	inSchema := map[string]string{}
	for _, f := range Vocabulary() {
		if _, twice := inSchema[f.Pointer]; twice {
			t.Errorf("%s is twice in the vocabulary", f.Pointer)
		}
		inSchema[f.Pointer] = f.Type
		if f.Type == "array" {
			inSchema[f.Pointer] += " of " + itemType(t, f.Pointer)
		}
	}
	if len(inGo) < 100 {
		t.Fatalf("found %d facts", len(inGo))
	}
	for pointer, kind := range inGo {
		if got := inSchema[pointer]; got != kind {
			t.Errorf("%s is %s in Go and %q in the schema", pointer, kind, got)
		}
	}
	for pointer := range inSchema {
		if _, ok := inGo[pointer]; !ok {
			t.Errorf("%s is in the schema and not in Go", pointer)
		}
	}
}

// typesOf collects the JSON type of every fact of a Go type by its pointer. A list
// has a sibling that tells whether it is complete.
func typesOf(t *testing.T, of reflect.Type, pointer string, out map[string]string) {
	switch reflect.New(of).Interface().(type) {
	case *Fact[bool]:
		out[pointer] = "boolean"
		return
	case *Fact[string]:
		out[pointer] = "string"
		return
	case *Fact[int]:
		out[pointer] = "integer"
		return
	}
	if list, ok := of.FieldByName("Items"); ok && strings.HasPrefix(of.Name(), "List[") {
		out[pointer+"_complete"] = "boolean"
		item := map[string]string{}
		typesOf(t, list.Type.Elem(), pointer+"/*", item)
		if kind, plain := item[pointer+"/*"]; plain {
			out[pointer] = "array of " + kind
			return
		}
		out[pointer] = "array of object"
		maps.Copy(out, item)
		return
	}
	for i := range of.NumField() {
		name := of.Field(i).Tag.Get("fact")
		if name == "" {
			t.Errorf("%s.%s has no tag fact", of.Name(), of.Field(i).Name)
		}
		typesOf(t, of.Field(i).Type, document.Join(pointer, name), out)
	}
}

// itemSchema follows the pointer of a list to the schema of its items.
func itemSchema(t *testing.T, pointer string) *document.Schema {
	s := schema()
	for _, token := range document.Split(pointer) {
		if token == "*" {
			s = s.Items.(*document.Schema)
			continue
		}
		s = s.Properties[token]
	}
	item, ok := s.Items.(*document.Schema)
	if !ok {
		t.Fatalf("%s has no items", pointer)
	}
	return item
}

func itemType(t *testing.T, pointer string) string {
	return strings.Join(itemSchema(t, pointer).Types.ToStrings(), " or ")
}

// TestEveryPropertyIsDescribed reads the file itself: the compiled schema
// could leave something out.
func TestEveryPropertyIsDescribed(t *testing.T) {
	data, err := policies.FS.ReadFile("schema/profile.jsonschema")
	if err != nil {
		t.Fatal(err)
	}
	var root any
	if err := json.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	count := 0
	var visit func(v any, path string)
	visit = func(v any, path string) {
		object, ok := v.(map[string]any)
		if !ok {
			return
		}
		properties, _ := object["properties"].(map[string]any)
		for name, p := range properties {
			count++
			if d, _ := p.(map[string]any)["description"].(string); strings.TrimSpace(d) == "" {
				t.Errorf("%s/%s has no description", path, name)
			}
			visit(p, path+"/"+name)
		}
		for _, key := range []string{"items", "additionalProperties"} {
			visit(object[key], path+"/*")
		}
	}
	visit(root, "")
	if count <= len(Vocabulary()) {
		t.Errorf("found %d properties for %d facts", count, len(Vocabulary()))
	}
}

func TestVocabularyIsSortedAndDescribed(t *testing.T) {
	v := Vocabulary()
	if !slices.IsSortedFunc(v, func(a, b FactType) int {
		return slices.Compare(document.Split(a.Pointer), document.Split(b.Pointer))
	}) {
		t.Error("the vocabulary is not sorted")
	}
	for i, f := range v {
		if f.Description == "" || Pointers()[i] != f.Pointer {
			t.Errorf("%+v", f)
		}
		if !Known(f.Pointer) || !Known(strings.ReplaceAll(f.Pointer, "*", "12")) || Known(f.Pointer+"/x") {
			t.Errorf("Known(%s) is wrong", f.Pointer)
		}
	}
	for pointer, want := range map[string]bool{
		"/model": true, "/tools/0": true, "/tools/0/access/1": true, "/orchestration/limits": true,
		"": false, "/metadata": false, "/metadata/name": false, "/evidence": false, "/scoring/cvss": false,
		"/model/0": false, "/tools/id": false, "model": false, "/x-a": false,
	} {
		if got := Known(pointer); got != want {
			t.Errorf("Known(%q) = %v", pointer, got)
		}
	}
}

// TestEveryFactAlone: a profile that discloses one fact of the vocabulary
// discloses that fact in Go, in the right place and with its value, and nothing else.
func TestEveryFactAlone(t *testing.T) {
	for _, f := range Vocabulary() {
		t.Run(f.Pointer, func(t *testing.T) {
			value, inGo := example(t, f)
			want := map[string]any{}
			root := map[string]any{"apiVersion": "audition/v1", "kind": "AgentProfile", "metadata": map[string]any{"name": "a"}}
			object, pointer := root, ""
			tokens := document.Split(f.Pointer)
			for i, token := range tokens[:len(tokens)-1] {
				pointer = document.Join(pointer, strings.ReplaceAll(token, "*", "0"))
				if token == "*" {
					continue // the item was made with its list
				}
				child := map[string]any{}
				if object[token] = child; tokens[i+1] == "*" {
					child["id"] = "soc2" // legal for tools and for certifications
					object[token] = []any{child}
					want[pointer], want[pointer+"/0/id"] = items(1), "soc2"
				}
				object = child
			}
			last := tokens[len(tokens)-1]
			object[last] = value
			pointer = document.Join(pointer, last)
			want[pointer] = inGo
			if list, ok := value.([]any); ok {
				for i, item := range list {
					p := document.JoinIndex(pointer, i)
					if id, ok := item.(map[string]any); ok {
						want[p+"/id"] = id["id"]
						continue
					}
					want[p] = item
				}
			}
			data, err := json.MarshalIndent(root, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			p := load(t, string(data))
			if got := disclosed(t, p); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %v\nwant %v", got, want)
			}
			if _, ok := p.Lookup(pointer); !ok {
				t.Error("Lookup does not find it")
			}
			// The place is that of the key in the source.
			at := p.Position(pointer)
			lines := bytes.Split(data, []byte("\n"))
			if at.Line < 2 || at.Line > len(lines) || !bytes.HasPrefix(lines[at.Line-1][at.Column-1:], []byte(`"`+last+`"`)) {
				t.Errorf("%s is not at %v of\n%s", pointer, at, data)
			}
		})
	}
}

// example is a value of a fact as JSON, and what Go makes of it (of a list, the
// number of its items).
func example(t *testing.T, f FactType) (value, inGo any) {
	switch {
	case strings.HasSuffix(f.Pointer, "_complete"):
		return false, false // true is legal beside its list only
	case strings.HasSuffix(f.Pointer, "/valid_until"):
		return "2026-01-31", "2026-01-31"
	case f.Pointer == "/compliance/certifications/*/id":
		return "soc2", "soc2"
	case len(f.Values) > 0:
		return f.Values[0], f.Values[0]
	case f.Type == "boolean":
		return true, true
	case f.Type == "string":
		return "x", "x"
	case f.Type == "integer":
		return 1, 1
	case itemType(t, f.Pointer) == "object":
		return []any{map[string]any{"id": "soc2"}}, items(1)
	}
	if e := itemSchema(t, f.Pointer).Enum; e != nil {
		return []any{e.Values[0]}, items(1)
	}
	return []any{"x"}, items(1)
}
