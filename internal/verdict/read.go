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

// Read reads a verdict, or a list of them, as check prints them with -o json. A
// list that also names what could not be judged is an error: it is not all there is.
// Its errors carry line and column; source names data in them.
func Read(source string, data []byte) ([]*Verdict, error) {
	r, err := ReadRecord(source, data)
	if err == nil {
		err = r.Whole(source)
	}
	return r.Verdicts, err
}

// ReadRecord reads what Read does, and what could not be judged.
func ReadRecord(source string, data []byte) (r Record, err error) {
	docs, err := document.Read(source, data)
	if err != nil {
		return r, err
	}
	doc := docs[0]
	if len(docs) > 1 {
		return r, doc.Errorf("", "expected one document, got %d", len(docs))
	}
	items := []any{doc.Root}
	switch doc.Root["kind"] {
	case Kind + "List":
		items, _ = doc.Root["items"].([]any)
		r.Undecided, err = readUndecided(doc)
	case UndecidedKind:
		items = nil
		r.Undecided, err = readUndecided(doc)
	}
	if err != nil {
		return r, err
	}
	for i, item := range items {
		object, ok := item.(map[string]any)
		if !ok {
			return Record{}, doc.Errorf(fmt.Sprintf("/items/%d", i), "expected a verdict, got %s", document.TypeName(item))
		}
		one := *doc
		one.Root = object
		if errs := one.Validate(schema()); len(errs) > 0 {
			return Record{}, errs.Sorted()
		}
		v := &Verdict{}
		if err := decode(object, v); err != nil {
			return Record{}, fmt.Errorf("%s: %w", source, err)
		}
		r.Verdicts = append(r.Verdicts, v)
	}
	if len(r.Verdicts)+len(r.Undecided) == 0 {
		return Record{}, doc.Errorf("", "expected a verdict, got an empty list")
	}
	return r, nil
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
