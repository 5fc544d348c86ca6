package show

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/origin"
	"github.com/audition-dev/audition/internal/report/print"
)

// Imported is a profile that a descriptor was made into; without an origin nobody has
// said anything yet.
type Imported struct {
	*document.Document
	Origin *origin.Origin
	// open are the pointers of facts that are to be filled in, the first the most urgent.
	open []string
}

// fact is a fact with its place and how sure it is.
type fact struct {
	pointer string
	value   any
	at      document.Place
	basis   string
}

// place is where the descriptor says what stands at a pointer.
func (m Imported) place(pointer string) document.Place {
	return document.Place{Source: cmp.Or(m.Elsewhere(pointer), m.Source), Position: m.Position(pointer)}
}

// basis is the kind of the source of a fact.
func (m Imported) basis(pointer string) string {
	id, _ := m.Lookup([]string{"evidence", "facts", pointer}).(string)
	if id == "" {
		id, _ = m.Lookup([]string{"evidence", "default"}).(string)
	}
	kind, _ := m.Lookup([]string{"evidence", "sources", id, "kind"}).(string)
	return kind
}

// ImportedYAML prints the profile, with the place of each fact beside it.
func ImportedYAML(w io.Writer, m Imported) error { return m.yaml(w) }

// yaml prints the profile below comments, of which head are the last.
func (m Imported) yaml(w io.Writer, head ...string) error {
	var said []string
	if m.Origin != nil {
		said = append(said, "Made of "+m.Origin.Title+".")
	}
	for _, n := range m.Origin.Told() {
		said = append(said, fmt.Sprintf("%s:%d: %s", n.Source, n.Line, print.Note(n)))
	}
	root := m.node("", m.Root)
	for _, line := range append(said, head...) {
		root.HeadComment += "# " + document.OneLine(line) + "\n"
	}
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(root); err != nil {
		return err
	}
	return enc.Close()
}

// first are the keys that stand before others.
var first = []string{"apiVersion", "id", "name", "kind", "metadata", "describes"}

// node writes a value of the profile.
func (m Imported) node(pointer string, v any) *yaml.Node {
	switch v := v.(type) {
	case map[string]any:
		n := &yaml.Node{Kind: yaml.MappingNode}
		keys := slices.Sorted(maps.Keys(v))
		m.order(pointer, v, keys)
		for _, key := range keys {
			k := &yaml.Node{}
			k.SetString(key)
			n.Content = append(n.Content, k, m.node(document.Join(pointer, key), v[key]))
		}
		return n
	case []any:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		words := true
		for i, item := range v {
			c := m.node(document.JoinIndex(pointer, i), item)
			words = words && c.Kind == yaml.ScalarNode
			n.Content = append(n.Content, c)
		}
		if words {
			n.Style = yaml.FlowStyle
			for _, c := range n.Content {
				c.LineComment = ""
			}
			n.LineComment = m.comment(pointer)
		}
		return n
	}
	n := &yaml.Node{}
	switch v := v.(type) {
	case blank:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", LineComment: "# " + document.OneLine(string(v))}
	case string:
		n.SetString(v)
	case json.Number:
		n.Kind, n.Tag, n.Value = yaml.ScalarNode, "!!int", v.String()
	default:
		_ = n.Encode(v) // a boolean
	}
	n.LineComment = m.comment(pointer)
	return n
}

// rank orders keys: those that come first, then facts, then evidence.
func rank(key string) int {
	if i := slices.Index(first, key); i >= 0 {
		return i
	}
	if key == "evidence" {
		return len(first) + 1
	}
	return len(first)
}

// comment is where a fact stands and, unless it is configured, what it rests on.
func (m Imported) comment(pointer string) string {
	if _, known := m.Root["evidence"]; !known || !isFact(pointer) {
		return ""
	}
	at := m.place(pointer)
	said := fmt.Sprintf("%s:%d", at.Source, at.Line)
	if basis := m.basis(pointer); basis != "configuration" {
		said += ", " + basis
	}
	return document.OneLine(said)
}

// isFact tells whether a pointer is in the part that holds facts.
func isFact(pointer string) bool {
	first := document.Split(pointer + "/")[0]
	return !slices.Contains([]string{"", "apiVersion", "kind", "metadata", "describes", "evidence"}, first)
}

// ImportedText explains what was read of a descriptor, and what of it is in no fact.
func ImportedText(w io.Writer, m Imported, o print.Options) error {
	p := print.New(o)
	name, _ := m.Lookup([]string{"metadata", "name"}).(string)
	p.Line("", p.Styled("bold", print.Clean(name))+"  "+print.Clean(m.Source))
	var files []string
	for _, f := range m.Origin.Files {
		files = append(files, f.Source)
	}
	p.Wrapped("", 0, "Made of "+m.Origin.Title+": "+print.And(files))
	p.Heading("Facts")
	facts := m.facts()
	if len(facts) == 0 {
		p.Line("  ", "none")
	}
	for _, f := range facts {
		p.Wrapped("  ", 4, fmt.Sprintf("%s:%d %s: %s (%s)", f.at.Source, f.at.Line, print.Path(f.pointer), said(f.value), f.basis))
	}
	if len(m.Origin.Notes) > 0 {
		p.Heading("In no fact")
	}
	for _, n := range m.Origin.Notes {
		p.Wrapped("  ", 4, fmt.Sprintf("%s:%d %s", n.Source, n.Line, print.Note(n)))
	}
	return p.Flush(w)
}

// facts are the facts in the order of files and places.
func (m Imported) facts() (out []fact) {
	var walk func(pointer string, v any)
	walk = func(pointer string, v any) {
		object, isObject := v.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(object)) {
			walk(document.Join(pointer, key), object[key])
		}
		list, _ := v.([]any)
		objects := false
		for i, item := range list {
			if _, ok := item.(map[string]any); ok {
				objects = true
				walk(document.JoinIndex(pointer, i), item)
			}
		}
		if !isObject && !objects && isFact(pointer) {
			out = append(out, fact{pointer, v, m.place(pointer), m.basis(pointer)})
		}
	}
	walk("", m.Root)
	file := func(f fact) int {
		return slices.IndexFunc(m.Origin.Files, func(of origin.File) bool { return of.Source == f.at.Source })
	}
	slices.SortStableFunc(out, func(a, b fact) int {
		return cmp.Or(cmp.Compare(file(a), file(b)), cmp.Compare(a.at.Line, b.at.Line), cmp.Compare(a.at.Column, b.at.Column))
	})
	return out
}

// said is a value of a profile as a person writes it.
func said(v any) string {
	list, isList := v.([]any)
	if !isList {
		return fmt.Sprint(v)
	}
	var words []string
	for _, item := range list {
		words = append(words, fmt.Sprint(item))
	}
	return strings.Join(words, ", ")
}
