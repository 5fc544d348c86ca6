package draft

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/audition-dev/audition/internal/document"
)

// Node is a value of a descriptor and where it stands. The zero Node is nothing, as
// is what a key or an index leads to where there is none.
type Node struct {
	doc     *document.Document
	pointer string
	at      document.Place // of what is in no document
	// Value is a JSON value, nil for nothing.
	Value any
}

// Root is the node of a whole document.
func Root(doc *document.Document) Node { return Node{doc: doc, Value: doc.Root} }

// Line is the node of a line of a file, counted from 1, that has a text.
func Line(f File, line int, text string) Node {
	return Node{at: document.Place{Source: f.Name, Position: document.Position{Line: line, Column: 1}}, Value: text}
}

// Is tells whether there is something.
func (n Node) Is() bool { return n.Value != nil }

// Or is the node, or another where it is nothing.
func (n Node) Or(other Node) Node {
	if n.Is() {
		return n
	}
	return other
}

// Get follows keys.
func (n Node) Get(keys ...string) Node {
	for _, key := range keys {
		object, _ := n.Value.(map[string]any)
		n = Node{doc: n.doc, pointer: document.Join(n.pointer, key), Value: object[key]}
		if n.Value == nil {
			return Node{}
		}
	}
	return n
}

// Empty is the node as an object without keys, for a file that counts for nothing.
func (n Node) Empty() Node { return Node{doc: n.doc, pointer: n.pointer, Value: map[string]any{}} }

// Without is an object without some of its keys.
func (n Node) Without(keys ...string) Node {
	object, _ := n.Value.(map[string]any)
	object = maps.Clone(object)
	maps.DeleteFunc(object, func(key string, _ any) bool { return slices.Contains(keys, key) })
	return Node{doc: n.doc, pointer: n.pointer, Value: object}
}

// Keys are the keys of an object, sorted.
func (n Node) Keys() []string {
	object, _ := n.Value.(map[string]any)
	return slices.Sorted(maps.Keys(object))
}

// Items are the values of a list.
func (n Node) Items() (out []Node) {
	list, _ := n.Value.([]any)
	for i, v := range list {
		out = append(out, Node{doc: n.doc, pointer: document.JoinIndex(n.pointer, i), Value: v})
	}
	return out
}

// Text is the value as a text, "" for what is none.
func (n Node) Text() string {
	s, _ := n.Value.(string)
	return s
}

// Flag is the value as a boolean, and whether it is one.
func (n Node) Flag() (value, ok bool) {
	value, ok = n.Value.(bool)
	return value, ok
}

// Word is a text and the node that it stands at.
type Word struct {
	Node
	text string
}

// Text is the text.
func (w Word) Text() string { return w.text }

// Each are the texts of a list, or those in a text with commas or spaces between them.
func (n Node) Each() (out []Word) {
	for _, text := range strings.FieldsFunc(n.Text(), func(c rune) bool { return c == ',' || unicode.IsSpace(c) }) {
		out = append(out, Word{n, text})
	}
	for _, item := range n.Items() {
		if s := item.Text(); s != "" {
			out = append(out, Word{item, s})
		}
	}
	return out
}

// Texts are the items of a list that are texts; a text alone is a list of one.
func (n Node) Texts() (out []string) {
	if s := n.Text(); s != "" {
		return []string{s}
	}
	for _, item := range n.Items() {
		if s := item.Text(); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Path is where the node stands in its document, as people write it.
func (n Node) Path() string { return document.PathOf(n.pointer) }

// Key is the last key or index that leads to the node.
func (n Node) Key() string {
	tokens := document.Split(n.pointer)
	if len(tokens) == 0 {
		return ""
	}
	return tokens[len(tokens)-1]
}

// place is where the node stands.
func (n Node) place() document.Place {
	if n.doc == nil {
		return n.at
	}
	return document.Place{Source: n.doc.Source, Position: n.doc.Position(n.pointer)}
}
