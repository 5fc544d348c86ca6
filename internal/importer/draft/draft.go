// Package draft is a profile in the making: what readers of descriptors fill in.
//
// Every fact keeps where it stands in the descriptor and how sure it is, and what
// was read and is no fact becomes a note: nothing of a descriptor is passed over in
// silence, and nothing is a fact that the descriptor, or the format for a key that is
// absent, does not say.
package draft

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/origin"
	"github.com/audition-dev/audition/internal/suggest"
)

// Basis is how sure a fact is. It is the kind of the source that the fact gets in
// the evidence of the profile.
type Basis string

const (
	// Configured is set in a file that the host acts on.
	Configured Basis = "configuration"
	// Default is what the host does where the file is silent, as its format says.
	Default Basis = "default"
	// Known is inferred from a tool that the catalogue knows.
	Known Basis = "catalogue"
	// Claimed is said in words, by whoever wrote or publishes the descriptor.
	Claimed Basis = "prose"
)

// assurance is what a source of each kind is worth by itself.
func (b Basis) assurance() string {
	if b == Configured || b == Default {
		return "documented"
	}
	return "claimed"
}

// Draft is a profile in the making.
type Draft struct {
	root   map[string]any
	at     map[string]document.Place
	from   map[string]source // of facts
	origin origin.Origin
	digest map[string]string // of files

	catalogue Catalogue
}

type source struct {
	basis Basis
	file  string
}

// New begins a profile that a descriptor of a format describes.
func (in Input) New(format, title string) *Draft {
	d := &Draft{
		catalogue: in.Catalogue,
		root:      map[string]any{"apiVersion": "audition/v1", "kind": "AgentProfile"},
		at:        map[string]document.Place{},
		from:      map[string]source{},
		digest:    map[string]string{},
		origin:    origin.Origin{Format: format, Title: title, Notes: []origin.Note{}},
	}
	d.Reads(in.File)
	if f, ok := in.Catalogue.Own(); ok {
		d.Reads(f)
	}
	return d
}

// Reads notes that a file was read for the profile.
func (d *Draft) Reads(f File) {
	if _, ok := d.digest[f.Name]; !ok {
		d.digest[f.Name] = f.Digest()
		d.origin.Files = append(d.origin.Files, origin.File{Source: f.Name, Digest: f.Digest()})
	}
}

// Name names the agent, by the place of its name in the descriptor if it has one.
func (d *Draft) Name(name string, n Node) { d.put("/metadata/name", clip(name), n.place()) }

// Describe sets a key of the metadata, where there is a text.
func (d *Draft) Describe(key string, n Node) {
	if s := strings.TrimSpace(n.Text()); s != "" {
		d.put(document.Join("/metadata", key), s, n.place())
	}
}

// Subject says what is described, where that is no agent.
func (d *Draft) Subject(id string, n Node) { d.put("/metadata/subject", id, n.place()) }

// clip shortens a name to what a profile takes.
func clip(name string) string {
	const most = 200 // characters
	if r := []rune(name); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return name
}

// Set states a fact that stands at a node. What is stated already stays: of two places
// the first that is read counts.
func (d *Draft) Set(pointer string, value any, n Node, basis Basis) {
	if _, ok := d.from[pointer]; ok {
		return
	}
	d.put(pointer, value, n.place())
	d.from[pointer] = source{basis, n.place().Source}
}

// States tells whether a fact is stated.
func (d *Draft) States(pointer string) bool {
	_, ok := d.from[pointer]
	return ok
}

// Add adds a word to a list of words, once.
func (d *Draft) Add(list, word string, n Node, basis Basis) {
	items, _ := d.get(list).([]any)
	if slices.Contains(items, any(word)) {
		return
	}
	at := n.place()
	if len(items) > 0 {
		at = d.at[list]
	} else {
		d.from[list] = source{basis, at.Source}
	}
	d.put(list, append(items, word), at)
	d.at[document.JoinIndex(list, len(items))] = n.place()
}

// Tool is a tool of the agent.
type Tool struct {
	*Draft
	pointer string
}

// Tool adds a tool that stands at a node, or returns the one that has the name.
func (d *Draft) Tool(id string, n Node, basis Basis) Tool {
	if id = clip(id); id == "" {
		d.Note(origin.Invalid, n, "has no name")
		id = "(no name)"
	}
	tools, _ := d.get("/tools").([]any)
	for i, t := range tools {
		if t.(map[string]any)["id"] == id {
			return Tool{d, document.JoinIndex("/tools", i)}
		}
	}
	t := Tool{d, document.JoinIndex("/tools", len(tools))}
	d.put("/tools", append(tools, map[string]any{}), n.place())
	d.at[t.pointer] = n.place()
	t.Set("id", id, n, basis)
	return t
}

// Set states a fact of the tool.
func (t Tool) Set(key string, value any, n Node, basis Basis) {
	t.Draft.Set(document.Join(t.pointer, key), value, n, basis)
}

// Access states what the agent can do through the tool, and whether that is all.
func (t Tool) Access(rights []string, complete bool, n Node, basis Basis) {
	for _, r := range rights {
		t.Add(document.Join(t.pointer, "access"), r, n, basis)
	}
	if complete {
		t.Set("access_complete", true, n, basis)
	}
}

// Scope adds a scope that the tool was granted.
func (t Tool) Scope(scope string, n Node, basis Basis) {
	t.Add(document.Join(t.pointer, "scopes"), scope, n, basis)
}

// Note says why something that stands at a node is in no fact.
func (d *Draft) Note(kind origin.Kind, n Node, format string, args ...any) {
	at, message := n.place(), fmt.Sprintf(format, args...)
	if path := n.Path(); path != "" {
		message = path + ": " + message
	}
	d.origin.Notes = append(d.origin.Notes, origin.Note{Kind: kind, Source: at.Source, Line: at.Line, Column: at.Column, Message: message})
}

// Hooks notes the commands of an object that run at the event of its key.
func (d *Draft) Hooks(n Node) {
	for _, event := range n.Keys() {
		d.Note(origin.Open, n.Get(event), "runs commands of its own at this event; what they do is not said")
	}
}

// Keys notes the keys of an object that are not read: those that say nothing a profile
// has, with the reason, and those that the format does not know. A key with the reason
// "" is read.
func (d *Draft) Keys(n Node, keys map[string]string) {
	for _, key := range n.Keys() {
		why, known := keys[key]
		switch {
		case !known:
			said := "unknown key"
			if near := suggest.Closest(key, slices.Sorted(maps.Keys(keys))); near != "" {
				said = fmt.Sprintf("unknown key, did you mean %q?", near)
			}
			d.Note(origin.Unknown, n.Get(key), "%s", said)
		case why != "":
			d.Note(origin.Ignored, n.Get(key), "%s", why)
		}
	}
}

// put sets a value below the root and notes its place, also for the sections that
// lead there and have none yet.
func (d *Draft) put(pointer string, value any, at document.Place) {
	tokens := document.Split(pointer)
	d.root = set(d.root, tokens, value).(map[string]any)
	for p := pointer; p != ""; p = p[:strings.LastIndexByte(p, '/')] {
		if _, ok := d.at[p]; p == pointer || !ok {
			d.at[p] = at
		}
	}
}

// set changes a value in place; the path leads through objects and items that exist.
func set(v any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	if list, ok := v.([]any); ok {
		i, _ := document.Index(path[0], len(list))
		list[i] = set(list[i], path[1:], value)
		return list
	}
	object, ok := v.(map[string]any)
	if !ok {
		object = map[string]any{}
	}
	object[path[0]] = set(object[path[0]], path[1:], value)
	return object
}

// Value is what is stated at a pointer, nil for nothing.
func (d *Draft) Value(pointer string) any { return d.get(pointer) }

func (d *Draft) get(pointer string) any {
	v := any(d.root)
	for _, token := range document.Split(pointer) {
		switch c := v.(type) {
		case map[string]any:
			v = c[token]
		case []any:
			i, _ := document.Index(token, len(c))
			v = c[i]
		default:
			return nil
		}
	}
	return v
}
