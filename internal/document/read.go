// Package document reads YAML and JSON strictly, with a line and a column for
// everything: [Read] refuses what parsers differ about, [Document.Validate] holds
// a document against a JSON Schema and says what was expected.
package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits on what is read. They are far above any honest profile. Those on values
// and text hold for all documents of an input together.
const (
	MaxBytes     = 4 << 20
	MaxDocuments = 1000
	maxDepth     = 32
	maxNodes     = 100_000
	maxKey       = 1000
	// maxText bounds what aliases repeat and deep paths add up to.
	maxText = 4 * MaxBytes
)

// Document is one YAML or JSON document as JSON values with their places.
// Objects are map[string]any, numbers json.Number. There are no nulls in it, and
// x- keys only where ReadData read it.
type Document struct {
	// Source is what Read was told the file is called.
	Source string
	// Root is the object. Callers must not change it.
	Root map[string]any
	at   map[string]Position
	// elsewhere are the files of places that are not in Source.
	elsewhere map[string]string
	// nulls are pointers of keys that were given without a value.
	nulls []string
}

// Read parses every document of data. Nulls and x- keys are left out. Its errors
// are *Error.
func Read(source string, data []byte) ([]*Document, error) {
	docs, err := Part{Data: data}.Read(source)
	if err == nil && len(docs) == 0 {
		err = Empty(source)
	}
	return docs, err
}

// Empty is the error about a source without a document.
func Empty(source string) error {
	return &Error{Source: source, Message: "expected a document, got an empty file"}
}

// Read parses the documents of a part, as [Read] does; there may be none.
func (p Part) Read(source string) ([]*Document, error) {
	return (&reader{source: source, before: p.Before, object: "an object with apiVersion, kind and metadata"}).read(p.Data)
}

// ReadData parses data as one document that is an object and of which nothing is
// left out: x- keys stay, a null is an error. Its errors are *Error.
func ReadData(source string, data []byte) (*Document, error) {
	docs, err := (&reader{source: source, object: "an object", whole: true}).read(data)
	if err == nil && len(docs) == 0 {
		err = Empty(source)
	}
	if err != nil {
		return nil, err
	}
	if len(docs) > 1 {
		return nil, docs[1].Errorf("", "expected one document, got %d", len(docs))
	}
	return docs[0], nil
}

func (r *reader) read(data []byte) ([]*Document, error) {
	switch data = bytes.TrimPrefix(data, []byte("\ufeff")); {
	case len(data) > MaxBytes:
		r.fail(Position{}, "", "expected at most %d bytes, got %d", MaxBytes, len(data))
	case !utf8.Valid(data):
		r.fail(Position{}, "", "expected UTF-8 text")
	case json.Valid(data): // YAML parsers read some JSON otherwise or not at all.
		r.json(data)
	default:
		r.yaml(data)
	}
	if r.err != nil {
		return nil, r.err
	}
	return r.docs, nil
}

// reader is what reading YAML and reading JSON have in common. The first error
// stops it; a value that could not be read is nil.
type reader struct {
	source string
	before int // lines before what is read
	// object says what a document has to be.
	object string
	// whole is set when nothing may be left out.
	whole bool
	// foreign is set where x- has no meaning.
	foreign bool
	docs    []*Document
	doc     *Document // the one that is being read
	// nodes and text are what was read so far, of all documents.
	nodes, text int
	err         error
}

func (r *reader) fail(at Position, pointer, format string, args ...any) any {
	if r.err == nil {
		r.err = &Error{Source: r.source, Position: at, Pointer: pointer, Message: fmt.Sprintf(format, args...)}
	}
	return nil
}

// document reads one document, whose value is at a place.
func (r *reader) document(at Position, value func() any) {
	if len(r.docs) == MaxDocuments {
		r.fail(Position{}, "", "expected at most %d documents", MaxDocuments)
		return
	}
	r.doc = &Document{Source: r.source, at: map[string]Position{"": at}}
	root := value()
	object, ok := root.(map[string]any)
	if !ok {
		r.fail(at, "", "expected %s, got %s", r.object, TypeOnly(root))
	}
	r.doc.Root = object
	r.docs = append(r.docs, r.doc)
}

// spend counts a value and the text that it takes, and tells whether there may
// be one more.
func (r *reader) spend(at Position, pointer, text string, depth int) bool {
	r.nodes++
	r.text += len(pointer) + len(text)
	switch {
	case r.nodes > maxNodes:
		r.fail(at, pointer, "expected at most %d values, aliases expanded", maxNodes)
	case r.text > maxText:
		r.fail(at, pointer, "expected at most %d bytes of paths and texts, aliases expanded", maxText)
	case depth > maxDepth:
		r.fail(at, pointer, "expected at most %d levels", maxDepth)
	}
	return r.err == nil
}

// key takes a key of the object at parent, of which seen are the lines of the
// keys so far, and returns its pointer.
func (r *reader) key(at Position, parent, key string, seen map[string]int) string {
	if len(key) > maxKey {
		r.fail(at, parent, "expected a key of at most %d bytes", maxKey)
		return ""
	}
	pointer := Join(parent, key)
	if line, twice := seen[key]; twice {
		r.fail(at, pointer, "this key stands already in line %d", line)
	}
	seen[key] = at.Line
	r.doc.at[pointer] = at
	return pointer
}

// ignored tells whether a key is somebody's own, with all that is below it.
func (r *reader) ignored(key string) bool {
	return !r.whole && !r.foreign && strings.HasPrefix(key, "x-")
}

// member puts a value into an object; null is absent.
func (r *reader) member(object map[string]any, key, pointer string, v any) {
	if v == nil {
		if r.whole {
			r.fail(r.doc.at[pointer], pointer, "expected a value, got null")
		}
		r.doc.nulls = append(r.doc.nulls, pointer)
		return
	}
	object[key] = v
}

// item appends a value to a list.
func (r *reader) item(list []any, at Position, pointer string, v any) []any {
	if v == nil {
		r.fail(at, pointer, "expected a value, got null")
	}
	return append(list, v)
}

// jsonNumber is the grammar of numbers in JSON (RFC 8259, section 6), without
// exponents of a size that only an attacker writes.
var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?([eE][+-]?[0-9]{1,2})?$`)

func (r *reader) number(at Position, pointer, text string) any {
	if !jsonNumber.MatchString(text) {
		return r.fail(at, pointer, "expected a decimal number such as 8 or 0.5, or a text in quotes, got %s", Clip(text))
	}
	return json.Number(text)
}

// TypeName names the type of a value for a person.
func TypeName(v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return "the number " + v.String()
	case string:
		return fmt.Sprintf("the text %q", Clip(v))
	case []any:
		return "a list"
	default:
		return "an object"
	}
}

// TypeOnly names the type of what nobody expected, without the value: it may be a
// secret.
func TypeOnly(v any) string {
	switch v.(type) {
	case string:
		return "a text"
	case json.Number:
		return "a number"
	default:
		return TypeName(v)
	}
}

// Clip shortens what somebody wrote for use in a message.
func Clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
