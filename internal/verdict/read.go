package verdict

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/policies"
)

// schema is the compiled JSON Schema of verdicts.
var schema = document.Embedded(policies.FS, "schema/verdict.jsonschema")

// Read reads a verdict, or a list of them, as check prints them with -o json.
// Its errors carry line and column; source names data in them.
func Read(source string, data []byte) ([]*Verdict, error) {
	docs, err := document.Read(source, data)
	if err != nil {
		return nil, err
	}
	doc := docs[0]
	if len(docs) > 1 {
		return nil, doc.Errorf("", "expected one document, got %d", len(docs))
	}
	items := []any{doc.Root}
	if doc.Root["kind"] == Kind+"List" {
		items, _ = doc.Root["items"].([]any)
	}
	var out []*Verdict
	for i, item := range items {
		object, ok := item.(map[string]any)
		if !ok {
			return nil, doc.Errorf(fmt.Sprintf("/items/%d", i), "expected a verdict, got %s", document.TypeName(item))
		}
		one := *doc
		one.Root = object
		if errs := one.Validate(schema()); len(errs) > 0 {
			return nil, errs.Sorted()
		}
		v := &Verdict{}
		if err := decode(object, v); err != nil {
			return nil, fmt.Errorf("%s: %w", source, err)
		}
		out = append(out, v)
	}
	if len(out) == 0 {
		return nil, doc.Errorf("", "expected a verdict, got an empty list")
	}
	return out, nil
}

func decode(object map[string]any, into any) error {
	text, err := json.Marshal(object)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	return dec.Decode(into)
}
