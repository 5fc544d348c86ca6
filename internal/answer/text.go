package answer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/internal/document"
)

// text is a profile as lines. A line such as "# present:  # true or false" is a place
// for a value that nobody has given yet: full has it without the mark of a comment.
type text struct {
	json bool
	// lines are with their ends; full are as many.
	lines, full []string
	end         string // of a line
}

// place is a commented line that an answer can fill.
var place = regexp.MustCompile(`^( *(?:- )?)# ( *[a-z_]+:(?: +#.*)?[\r\n]*)$`)

func newText(data []byte) *text {
	t := &text{json: json.Valid(data), lines: slices.Collect(strings.Lines(string(data))), end: "\n"}
	if bytes.Contains(data, []byte("\r\n")) {
		t.end = "\r\n"
	}
	for _, line := range t.lines {
		t.full = append(t.full, place.ReplaceAllString(line, "$1$2"))
	}
	if _, err := parse(t.full); err != nil { // These are comments of another kind.
		t.full = slices.Clone(t.lines)
	}
	return t
}

func (t *text) bytes() []byte { return []byte(strings.Join(t.lines, "")) }

func parse(lines []string) (*yaml.Node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(strings.Join(lines, "")), &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, errors.New("expected an object")
	}
	return doc.Content[0], nil
}

// errByHand is about what stands in a form that is not edited.
var errByHand = errors.New("stands in a form that only a person can edit")

// set writes a value where a path leads.
func (t *text) set(path []string, value any) error {
	n, err := parse(t.full)
	if err != nil {
		return errByHand
	}
	for i, token := range path {
		if n.Kind == yaml.SequenceNode {
			at, ok := document.Index(token, len(n.Content))
			if !ok || i == len(path)-1 {
				return fmt.Errorf("there is no item %s, the list has %d", token, len(n.Content))
			}
			n = n.Content[at]
			continue
		}
		if n.Kind != yaml.MappingNode {
			return errByHand
		}
		key, below := t.member(n, token)
		if key == nil {
			return t.add(n, path[i:], value)
		}
		at := key.Line - 1
		t.lines[at] = t.full[at]
		switch empty := below.ShortTag() == "!!null"; {
		case i == len(path)-1:
			return t.replace(key, below, value)
		case empty && below.Value == "":
			t.insert(at+1, t.nested(key.Column+1, path[i+1:], value))
			return nil
		}
		n = below
	}
	return errByHand
}

// member finds a key of an object, first of all one that is no comment.
func (t *text) member(n *yaml.Node, name string) (key, value *yaml.Node) {
	for i := 0; i < len(n.Content); i += 2 {
		k := n.Content[i]
		if k.Value == name && (key == nil || t.lines[k.Line-1] == t.full[k.Line-1]) {
			key, value = k, n.Content[i+1]
		}
	}
	return key, value
}

// add adds a key to an object.
func (t *text) add(n *yaml.Node, path []string, value any) error {
	if n.Style&yaml.FlowStyle != 0 {
		at := n.Line - 1
		before, after := cut(t.lines[at], n.Column)
		if !strings.HasPrefix(after, "{") {
			return errByHand
		}
		added := t.inline(path, value)
		if len(n.Content) > 0 {
			added += ", "
		}
		t.change(at, before+"{"+added+after[1:])
		return nil
	}
	indent := n.Column - 1
	at := n.Content[len(n.Content)-2].Line
	for at < len(t.full) && (blank(t.full[at]) || below(t.full[at], indent)) {
		at++
	}
	for blank(t.full[at-1]) {
		at--
	}
	t.insert(at, t.nested(indent, path, value))
	return nil
}

func blank(line string) bool { return strings.TrimSpace(line) == "" }

// below tells whether a line belongs to the key above it, which is indented so far.
func below(line string, indent int) bool {
	rest := strings.TrimLeft(line, " ")
	deep := len(line) - len(rest)
	return deep > indent || deep == indent && strings.HasPrefix(rest, "- ")
}

// insert puts lines before another one.
func (t *text) insert(at int, lines []string) {
	if at > 0 && !strings.HasSuffix(t.lines[at-1], "\n") {
		t.change(at-1, t.lines[at-1]+t.end)
	}
	t.lines, t.full = slices.Insert(t.lines, at, lines...), slices.Insert(t.full, at, lines...)
}

func (t *text) change(at int, line string) { t.lines[at], t.full[at] = line, line }

// nested writes a value below keys, a line each.
func (t *text) nested(indent int, path []string, value any) (lines []string) {
	for i, key := range path {
		line := strings.Repeat(" ", indent+2*i) + t.written(key) + ":"
		if i == len(path)-1 {
			line += " " + t.written(value)
		}
		lines = append(lines, line+t.end)
	}
	return lines
}

// inline writes a value below keys in a line.
func (t *text) inline(path []string, value any) string {
	out := t.written(path[0]) + ": "
	if len(path) == 1 {
		return out + t.written(value)
	}
	return out + "{" + t.inline(path[1:], value) + "}"
}

// origin is the comment by which an imported fact names its place.
var origin = regexp.MustCompile(`^ *# [^#]+:[0-9]+(, [a-z]+)?([\r\n]*)$`)

// replace writes another value for a key.
func (t *text) replace(key, old *yaml.Node, value any) error {
	at := old.Line - 1
	if old.ShortTag() == "!!null" && old.Value == "" {
		at = key.Line - 1
		before, after := cut(t.lines[at], key.Column)
		name, rest, ok := strings.Cut(after, ":")
		if !ok {
			return errByHand
		}
		t.change(at, before+name+": "+t.written(value)+rest)
		return nil
	}
	before, after := cut(t.lines[at], old.Column)
	size := extent(old, after)
	if size == 0 {
		return errByHand
	}
	rest := origin.ReplaceAllString(after[size:], "$2") // It would name the place of what is gone.
	t.change(at, before+t.written(value)+rest)
	return nil
}

// extent is how many bytes of a line a value takes that stands at its beginning, 0 where
// it goes on in others.
func extent(n *yaml.Node, line string) int {
	switch {
	case n.Kind == yaml.SequenceNode && strings.HasPrefix(line, "["):
		return strings.Index(line, "]") + 1
	case n.Kind != yaml.ScalarNode || line == "":
		return 0
	case line[0] == '"' || line[0] == '\'':
		if i := strings.IndexByte(line[1:], line[0]); i >= 0 {
			return i + 2
		}
	case n.Style == 0 && strings.HasPrefix(line, n.Value):
		return len(n.Value)
	}
	return 0
}

// cut cuts a line before a column, which counts characters from 1.
func cut(line string, column int) (before, after string) {
	for i := range line {
		if column--; column == 0 {
			return line[:i], line[i:]
		}
	}
	return line, ""
}

// written is a value in the syntax of the text, in one line, as it can stand between
// braces.
func (t *text) written(v any) string {
	data, err := json.Marshal(v)
	if err == nil && t.json {
		return string(data)
	}
	var list yaml.Node
	if err == nil {
		err = yaml.Unmarshal(fmt.Appendf(nil, "[%s]", data), &list) // JSON is YAML.
	}
	if err == nil {
		plain(list.Content[0])
		data, err = yaml.Marshal(list.Content[0])
	}
	if err != nil {
		panic(err) // only of what is no JSON value
	}
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(data)), "["), "]")
}

// plain takes the quotes away.
func plain(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!str" {
		n.Style = 0 // Where one is needed, the encoder has it.
	}
	for _, c := range n.Content {
		plain(c)
	}
}
