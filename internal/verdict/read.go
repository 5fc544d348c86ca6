package verdict

import (
	"bytes"
	"encoding/json"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/policies"
)

// schema is the compiled JSON Schema of verdicts.
var schema = document.Embedded(policies.FS, "schema/verdict.jsonschema")

// Read reads a verdict, or a list of them, as check prints them with -o json. What
// it returns is of the schema and does not contradict itself: intervals hold their
// values, the decision is no laxer than its reasons, and what is named is there. A
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
		return r, docs[1].Errorf("", "expected one document, got %d", len(docs))
	}
	switch doc.Root["kind"] {
	case Kind + "List", UndecidedKind:
		if r.Undecided, err = readUndecided(doc); err != nil {
			return r, err
		}
	default:
		v, err := read(doc, "", doc.Root)
		return Record{Verdicts: []*Verdict{v}}, err
	}
	items, _ := doc.Root["items"].([]any)
	for i, item := range items {
		v, err := read(doc, document.JoinIndex("/items", i), item)
		if err != nil {
			return Record{}, err
		}
		r.Verdicts = append(r.Verdicts, v)
	}
	if len(r.Verdicts)+len(r.Undecided) == 0 {
		return Record{}, doc.Errorf("", "expected a verdict, got an empty list")
	}
	return r, nil
}

// ReadRun reads what a run wrote: what [ReadRecord] does, or a verdict a line.
func ReadRun(source string, data []byte) (r Record, err error) {
	first, rest, _ := bytes.Cut(bytes.TrimLeft(data, "\n"), []byte("\n"))
	if !json.Valid(first) || len(bytes.TrimSpace(rest)) == 0 {
		return ReadRecord(source, data)
	}
	for n, line := range bytes.Split(data, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		// Empty lines before it give its errors the line that it has in the file.
		read, err := ReadRecord(source, append(bytes.Repeat([]byte("\n"), n), line...))
		if err != nil {
			return Record{}, err
		}
		r.Verdicts, r.Undecided = append(r.Verdicts, read.Verdicts...), append(r.Undecided, read.Undecided...)
	}
	return r, nil
}

// read reads the verdict that stands at a pointer of a document.
func read(doc *document.Document, at string, item any) (*Verdict, error) {
	object, ok := item.(map[string]any)
	if !ok {
		return nil, doc.Errorf(at, "expected a verdict, got %s", document.TypeName(item))
	}
	one := *doc
	one.Root = object
	if errs := one.Validate(schema()); len(errs) > 0 {
		for _, e := range errs {
			e.Pointer = at + e.Pointer
			e.Position = doc.Position(e.Pointer)
		}
		return nil, errs.Sorted()
	}
	v := &Verdict{}
	if err := decode(object, v); err != nil {
		return nil, doc.Errorf(at, "%v", err)
	}
	var errs document.Errors
	relations{v, func(pointer, format string, args ...any) {
		errs = append(errs, doc.Errorf(at+pointer, format, args...))
	}}.check()
	if len(errs) > 0 {
		return nil, errs.Sorted()
	}
	return v, nil
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
