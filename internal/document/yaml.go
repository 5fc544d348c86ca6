package document

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// maxSeparators bounds the nodes that the YAML parser makes of a text before
// anything else counts them, x- keys included. One every ten bytes of the largest
// file is more than a text for people has.
const maxSeparators = 400_000

// separators counts what stands between nodes in YAML 1.2: a comma, and before
// white space, which may be beyond ASCII, the indicators - ? and :.
func separators(data []byte) (n int) {
	for i, c := range data {
		switch c {
		case ',':
			n++
		case '-', '?', ':':
			if i+1 == len(data) || data[i+1] <= ' ' || data[i+1] >= utf8.RuneSelf {
				n++
			}
		}
	}
	return n
}

// yaml reads the documents of a YAML stream.
func (r *reader) yaml(data []byte) {
	if n := separators(data); n > maxSeparators {
		r.fail(Position{}, "", "expected at most %d commas, colons and dashes between values, got %d", maxSeparators, n)
		return
	}
	dec := yaml.NewDecoder(bytes.NewReader(version(data)))
	for empty := 0; r.err == nil; {
		var node yaml.Node
		err := dec.Decode(&node)
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			r.err = syntaxError(r.source, r.before, data, err)
			return
		}
		w := walker{r, map[*yaml.Node]bool{}}
		w.remember(&node)
		root := node.Content[0]
		if isEmpty(root) {
			if empty++; empty > MaxDocuments {
				r.fail(Position{}, "", "expected at most %d empty documents", MaxDocuments)
			}
			continue
		}
		r.document(r.place(root), func() any { return w.value(root, "", 0) })
	}
}

// isEmpty tells whether nothing stands between two markers of documents, as
// templates leave it where a condition does not hold.
func isEmpty(root *yaml.Node) bool {
	return root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null" && root.Style&yaml.TaggedStyle == 0 &&
		slices.Contains([]string{"", "~", "null"}, strings.ToLower(root.Value))
}

// directive finds %YAML 1.2 where a directive may stand: before everything, or
// after the marker that ends a document.
var directive = regexp.MustCompile(`(?m)(?:\A|^\.\.\.[ \t]*(?:#[^\n]*)?\r?\n)(?:[ \t]*(?:#[^\n]*)?\r?\n|%[^\n]*\n)*?%YAML[ \t]+1\.2[ \t\r]*(?:#[^\n]*)?$`)

// version makes 1.1 of the version 1.2 in directives: the parser reads what both
// have in common and refuses the number. No place changes.
func version(data []byte) []byte {
	if !bytes.Contains(data, []byte("%YAML")) { // the search is slow
		return data
	}
	found := directive.FindAllIndex(data, -1)
	data = bytes.Clone(data)
	for _, m := range found {
		number := m[0] + bytes.LastIndex(data[m[0]:m[1]], []byte("%YAML"))
		data[number+bytes.IndexByte(data[number:m[1]], '2')] = '1'
	}
	return data
}

// walker turns the nodes of one document into values.
type walker struct {
	*reader
	// anchors are the nodes of the document that aliases may stand for. The parser
	// takes those of earlier documents too; YAML 1.2, section 3.2.2.2, does not.
	anchors map[*yaml.Node]bool
}

func (w walker) remember(n *yaml.Node) {
	if n.Anchor != "" {
		w.anchors[n] = true
	}
	for _, c := range n.Content {
		w.remember(c)
	}
}

func (r *reader) place(n *yaml.Node) Position { return Position{r.before + n.Line, n.Column} }

func (w walker) value(n *yaml.Node, pointer string, depth int) any {
	if !w.spend(w.place(n), pointer, n.Value, depth) {
		return nil
	}
	switch n.Kind {
	case yaml.AliasNode:
		if !w.anchors[n.Alias] {
			return w.fail(w.place(n), pointer, "expected an anchor of the same document, got *%s", Clip(n.Value))
		}
		return w.value(n.Alias, pointer, depth+1)
	case yaml.MappingNode:
		return w.object(n, pointer, depth)
	case yaml.SequenceNode:
		return w.list(n, pointer, depth)
	default:
		return w.scalar(n, pointer)
	}
}

func (w walker) list(n *yaml.Node, pointer string, depth int) any {
	if n.ShortTag() != "!!seq" {
		return w.fail(w.place(n), pointer, "expected a plain list, got the tag %s", Clip(n.ShortTag()))
	}
	list := []any{}
	for i, item := range n.Content {
		p := JoinIndex(pointer, i)
		w.doc.at[p] = w.place(item)
		list = w.item(list, w.place(item), p, w.value(item, p, depth+1))
		if w.err != nil {
			return nil
		}
	}
	return list
}

func (w walker) object(n *yaml.Node, pointer string, depth int) any {
	if n.ShortTag() != "!!map" {
		return w.fail(w.place(n), pointer, "expected a plain object, got the tag %s", Clip(n.ShortTag()))
	}
	object, seen := map[string]any{}, map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := w.name(n.Content[i], pointer)
		if w.err != nil {
			return nil
		}
		p := w.key(w.place(n.Content[i]), pointer, key, seen)
		if w.ignored(key) {
			continue
		}
		w.member(object, key, p, w.value(n.Content[i+1], p, depth+1))
	}
	return object
}

// name reads a key of the object at pointer.
func (w walker) name(n *yaml.Node, pointer string) string {
	key := n
	if n.Kind == yaml.AliasNode {
		key = n.Alias
	}
	switch {
	case key != n && !w.anchors[key]:
		w.fail(w.place(n), pointer, "expected an anchor of the same document, got *%s", Clip(n.Value))
	case key.ShortTag() == "!!merge":
		w.fail(w.place(n), pointer, "merge keys (<<) are not part of YAML 1.2; write the keys out")
	case key.Kind != yaml.ScalarNode || key.ShortTag() != "!!str":
		w.fail(w.place(n), pointer, "expected a text as key, got %s; quote it", nodeName(key))
	}
	return key.Value
}

// anyNumber is what YAML takes for a number. The parser makes a text of one that
// is too large for it.
var anyNumber = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)

func (w walker) scalar(n *yaml.Node, pointer string) any {
	switch tag := n.ShortTag(); tag {
	case "!!str", "!!timestamp":
		if plain := n.Style == 0; plain && anyNumber.MatchString(n.Value) {
			return w.number(w.place(n), pointer, n.Value)
		}
		return n.Value
	case "!!null":
		if !slices.Contains([]string{"", "~", "null"}, strings.ToLower(n.Value)) {
			return w.fail(w.place(n), pointer, "expected null, got %q", Clip(n.Value))
		}
		return nil
	case "!!bool":
		switch strings.ToLower(n.Value) {
		case "true":
			return true
		case "false":
			return false
		}
		return w.fail(w.place(n), pointer, "expected true or false, got %q", Clip(n.Value))
	case "!!int", "!!float":
		return w.number(w.place(n), pointer, n.Value)
	default:
		return w.fail(w.place(n), pointer, "expected a plain value, got the tag %s", Clip(tag))
	}
}

func nodeName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "an object"
	case yaml.SequenceNode:
		return "a list"
	}
	switch tag := n.ShortTag(); tag {
	case "!!int", "!!float":
		return "a number"
	case "!!bool":
		return "true or false"
	case "!!null":
		return "nothing"
	case "!!timestamp":
		return "a date"
	default:
		return "the tag " + Clip(tag)
	}
}
