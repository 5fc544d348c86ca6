package draft

import (
	"maps"
	"slices"
	"strconv"

	"github.com/audition-dev/audition/internal/document"
)

// Node is a value of a descriptor and where it stands. The zero Node is nothing, as
// is what a key or an index leads to where there is none.
type Node struct {
	doc     *document.Document
	pointer string
	// Value is a JSON value, nil for nothing.
	Value any
}

// Root is the node of a whole document.
func Root(doc *document.Document) Node { return Node{doc, "", doc.Root} }

// Is tells whether there is something.
func (n Node) Is() bool { return n.Value != nil }

// Get follows keys.
func (n Node) Get(keys ...string) Node {
	for _, key := range keys {
		object, _ := n.Value.(map[string]any)
		n = Node{n.doc, document.Join(n.pointer, key), object[key]}
		if n.Value == nil {
			return Node{}
		}
	}
	return n
}

// Empty is the node as an object without keys, for a file that counts for nothing.
func (n Node) Empty() Node { return Node{n.doc, n.pointer, map[string]any{}} }

// Keys are the keys of an object, sorted.
func (n Node) Keys() []string {
	object, _ := n.Value.(map[string]any)
	return slices.Sorted(maps.Keys(object))
}

// Items are the values of a list.
func (n Node) Items() (out []Node) {
	list, _ := n.Value.([]any)
	for i, v := range list {
		out = append(out, Node{n.doc, document.JoinIndex(n.pointer, i), v})
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
		return document.Place{}
	}
	return document.Place{Source: n.doc.Source, Position: n.doc.Position(n.pointer)}
}

// Says is what stands there, for a message: file:line.
func (n Node) Says() string {
	at := n.place()
	return at.Source + ":" + strconv.Itoa(at.Line)
}
