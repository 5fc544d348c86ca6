// Package document reads YAML and JSON strictly, with a line and a column for
// everything: [Read] refuses what parsers differ about, [Document.Validate] holds
// a document against a JSON Schema and says what was expected.
package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Limits on what is read. They are far above any honest profile.
const (
	MaxBytes     = 4 << 20
	MaxDocuments = 1000
	maxDepth     = 32
	maxNodes     = 100_000
)

// Document is one YAML or JSON document as JSON values with their places.
// Objects are map[string]any, numbers json.Number; nulls and x- keys are gone.
type Document struct {
	// Source is what Read was told the file is called.
	Source string
	// Root is the object. Callers must not change it.
	Root map[string]any
	at   map[string]Position
	// nulls are pointers of keys that were given without a value.
	nulls []string
}

// Read parses every document of data. Its errors are *Error.
func Read(source string, data []byte) ([]*Document, error) {
	fail := func(format string, args ...any) error {
		return &Error{Source: source, Message: fmt.Sprintf(format, args...)}
	}
	if len(data) > MaxBytes {
		return nil, fail("expected at most %d bytes, got %d", MaxBytes, len(data))
	}
	if !utf8.Valid(data) {
		return nil, fail("expected UTF-8 text")
	}
	data = surrogates(bytes.TrimPrefix(data, []byte("\ufeff")))
	var docs []*Document
	dec := yaml.NewDecoder(bytes.NewReader(data))
	for {
		var node yaml.Node
		err := dec.Decode(&node)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, syntaxError(source, data, err)
		}
		if len(docs) == MaxDocuments {
			return nil, fail("expected at most %d documents", MaxDocuments)
		}
		doc, err := readDocument(source, &node)
		if err != nil {
			return nil, err
		}
		docs = append(docs, doc)
	}
	if len(docs) == 0 {
		return nil, fail("expected a profile, got an empty file")
	}
	return docs, nil
}

var surrogate = regexp.MustCompile(`\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}`)

// surrogates rewrites pairs of JSON escapes such as \ud83d\ude00, which YAML
// does not know, as the one escape that it does.
func surrogates(data []byte) []byte {
	if !bytes.Contains(data, []byte(`\ud`)) && !bytes.Contains(data, []byte(`\uD`)) {
		return data
	}
	return surrogate.ReplaceAllFunc(data, func(m []byte) []byte {
		if len(m) != 12 {
			return m // an escaped backslash
		}
		high, _ := strconv.ParseUint(string(m[2:6]), 16, 16)
		low, _ := strconv.ParseUint(string(m[8:12]), 16, 16)
		return fmt.Appendf(nil, `\U%08X`, utf16.DecodeRune(rune(high), rune(low)))
	})
}

var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?((?s:.*))$`)

// syntaxError gives an error of the YAML parser, which knows a line at most,
// the column where the text of that line begins.
func syntaxError(source string, data []byte, err error) error {
	m := yamlLine.FindStringSubmatch(err.Error())
	line, _ := strconv.Atoi(m[1])
	line = max(line, 1)
	column := 1
	if lines := bytes.Split(data, []byte("\n")); line <= len(lines) {
		text := lines[line-1]
		column += len(text) - len(bytes.TrimLeft(text, " \t"))
	}
	return &Error{Source: source, Position: Position{line, column}, Message: "not YAML or JSON: " + m[2]}
}

func readDocument(source string, node *yaml.Node) (*Document, error) {
	w := walker{doc: &Document{Source: source, at: map[string]Position{}}}
	root := w.value(node.Content[0], "", 0)
	if w.err == nil {
		object, ok := root.(map[string]any)
		if !ok {
			w.fail(node.Content[0], "", "expected an object with apiVersion, kind and metadata, got %s", TypeName(root))
		}
		w.doc.Root = object
	}
	if w.err != nil {
		return nil, w.err
	}
	return w.doc, nil
}

// walker turns nodes into values; the first error stops it.
type walker struct {
	doc   *Document
	nodes int
	err   error
}

func (w *walker) fail(n *yaml.Node, pointer, format string, args ...any) any {
	if w.err == nil {
		w.err = &Error{Source: w.doc.Source, Position: Position{n.Line, n.Column}, Pointer: pointer, Message: fmt.Sprintf(format, args...)}
	}
	return nil
}

func (w *walker) value(n *yaml.Node, pointer string, depth int) any {
	w.nodes++
	switch {
	case w.err != nil:
		return nil
	case w.nodes > maxNodes:
		return w.fail(n, pointer, "expected at most %d values, aliases expanded", maxNodes)
	case depth > maxDepth:
		return w.fail(n, pointer, "expected at most %d levels", maxDepth)
	}
	switch n.Kind {
	case yaml.AliasNode:
		return w.value(n.Alias, pointer, depth+1)
	case yaml.MappingNode:
		return w.object(n, pointer, depth)
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			p := JoinIndex(pointer, i)
			w.doc.at[p] = Position{item.Line, item.Column}
			if list[i] = w.value(item, p, depth+1); list[i] == nil {
				return w.fail(item, p, "expected a value, got null")
			}
		}
		return list
	default:
		return w.scalar(n, pointer)
	}
}

func (w *walker) object(n *yaml.Node, pointer string, depth int) any {
	object := make(map[string]any, len(n.Content)/2)
	seen := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && w.err == nil; i += 2 {
		key := n.Content[i]
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.ShortTag() == "!!merge" {
			return w.fail(key, pointer, "merge keys (<<) are not part of YAML 1.2; write the keys out")
		}
		if key.Kind != yaml.ScalarNode || key.ShortTag() != "!!str" {
			return w.fail(key, pointer, "expected a text as key, got %s; quote it", nodeName(key))
		}
		p := Join(pointer, key.Value)
		if line, twice := seen[key.Value]; twice {
			return w.fail(n.Content[i], p, "this key stands already in line %d", line)
		}
		seen[key.Value] = key.Line
		w.doc.at[p] = Position{n.Content[i].Line, n.Content[i].Column}
		v := w.value(n.Content[i+1], p, depth+1)
		switch {
		case strings.HasPrefix(key.Value, "x-"):
		case v == nil:
			w.doc.nulls = append(w.doc.nulls, p)
		default:
			object[key.Value] = v
		}
	}
	return object
}

// jsonNumber is the grammar of numbers in JSON (RFC 8259, section 6), without
// exponents of a size that only an attacker writes.
var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?([eE][+-]?[0-9]{1,2})?$`)

func (w *walker) scalar(n *yaml.Node, pointer string) any {
	switch tag := n.ShortTag(); tag {
	case "!!str", "!!timestamp":
		return n.Value
	case "!!null":
		return nil
	case "!!bool":
		switch strings.ToLower(n.Value) {
		case "true":
			return true
		case "false":
			return false
		}
		return w.fail(n, pointer, "expected true or false, got %q", n.Value)
	case "!!int", "!!float":
		if !jsonNumber.MatchString(n.Value) {
			return w.fail(n, pointer, "expected a decimal number such as 8 or 0.5, or a text in quotes, got %s", Clip(n.Value))
		}
		return json.Number(n.Value)
	default:
		return w.fail(n, pointer, "expected a plain value, got the tag %s", Clip(tag))
	}
}

func nodeName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "an object"
	case yaml.SequenceNode:
		return "a list"
	}
	return map[string]string{"!!int": "a number", "!!float": "a number", "!!bool": "true or false", "!!null": "nothing", "!!timestamp": "a date"}[n.ShortTag()]
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

// Clip shortens what somebody wrote for use in a message.
func Clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
