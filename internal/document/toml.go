package document

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// ReadTOML parses TOML that is written for another program. Every key stays; a date is
// a text. Its errors are *Error.
func ReadTOML(source string, data []byte) (*Document, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := &tomlReader{reader: &reader{source: source, foreign: true}, data: data, tables: map[string]int{}}
	r.doc = &Document{Source: source, at: map[string]Position{"": {1, 1}}}
	switch {
	case len(data) > MaxBytes:
		r.fail(Position{}, "", "expected at most %d bytes, got %d", MaxBytes, len(data))
	case !utf8.Valid(data):
		r.fail(Position{}, "", "expected UTF-8 text")
	default:
		r.places()
		r.values()
	}
	if r.err != nil {
		return nil, r.err
	}
	return r.doc, nil
}

// tomlReader reads a text twice: its expressions for places, as the values do not have
// them, and what they come to for values, as only that tells whether keys fit together.
type tomlReader struct {
	*reader
	data   []byte
	parser unstable.Parser
	// tables counts the items of lists that are written as tables.
	tables map[string]int
	// at is the place of the byte at offset.
	at     Position
	offset int
}

// places notes the place of every key and item, up to what is no TOML.
func (r *tomlReader) places() {
	r.parser.Reset(r.data)
	r.at = Position{1, 1}
	table := ""
	for r.err == nil && r.parser.NextExpression() {
		switch n := r.parser.Expression(); n.Kind {
		case unstable.Table:
			table = r.item(r.path("", n.Key()))
		case unstable.ArrayTable:
			first := n.Key()
			first.Next()
			at := r.place(first.Node())
			list := r.path("", n.Key())
			r.tables[list]++
			table = r.item(list)
			r.doc.at[table] = at
		case unstable.KeyValue:
			r.pair(table, n)
		}
	}
}

// item is the last item of a list that is written as tables, or what is no such list.
func (r *tomlReader) item(pointer string) string {
	if n := r.tables[pointer]; n > 0 {
		return JoinIndex(pointer, n-1)
	}
	return pointer
}

// path notes the place of each part of a key below a pointer and returns where it leads.
func (r *tomlReader) path(pointer string, key unstable.Iterator) string {
	for r.err == nil && key.Next() {
		pointer = Join(r.item(pointer), string(key.Node().Data))
		at := r.place(key.Node())
		if len(key.Node().Data) > maxKey {
			r.fail(at, "", "expected a key of at most %d bytes", maxKey)
		}
		r.spend(at, pointer, "", strings.Count(pointer, "/"))
		if _, ok := r.doc.at[pointer]; !ok {
			r.doc.at[pointer] = at
		}
	}
	return pointer
}

// pair notes the places of a key and of what is in its value.
func (r *tomlReader) pair(table string, n *unstable.Node) {
	if pointer := r.path(table, n.Key()); r.err == nil {
		r.below(pointer, n.Value())
	}
}

// below notes the places of what is in a value.
func (r *tomlReader) below(pointer string, n *unstable.Node) {
	children := n.Children()
	for i := 0; r.err == nil && children.Next(); i++ {
		child := children.Node()
		if n.Kind == unstable.InlineTable {
			r.pair(pointer, child)
			continue
		}
		item, at := JoinIndex(pointer, i), r.doc.at[pointer]
		if child.Raw.Length > 0 {
			at = r.place(child)
		}
		r.doc.at[item] = at
		if r.spend(at, item, "", strings.Count(item, "/")) {
			r.below(item, child)
		}
	}
}

// place is where a node begins, which is behind all that were asked for before. Columns
// count characters.
func (r *tomlReader) place(n *unstable.Node) Position {
	for r.offset < int(n.Raw.Offset) {
		c, size := utf8.DecodeRune(r.data[r.offset:])
		r.offset += size
		r.at.Column++
		if c == '\n' {
			r.at = Position{r.at.Line + 1, 1}
		}
	}
	return r.at
}

// values reads what the text comes to.
func (r *tomlReader) values() {
	if r.err != nil {
		return
	}
	root := map[string]any{}
	var wrong *toml.DecodeError
	if err := toml.Unmarshal(r.data, &root); errors.As(err, &wrong) {
		line, column := wrong.Position()
		r.fail(Position{line, column}, "", "not TOML: %s", strings.TrimPrefix(wrong.Error(), "toml: "))
	} else if err != nil {
		r.fail(Position{}, "", "not TOML: %v", err)
	}
	if r.err == nil {
		r.doc.Root, _ = r.value("", root).(map[string]any)
	}
}

func (r *tomlReader) value(pointer string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		object := map[string]any{}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			object[key] = r.value(Join(pointer, key), v[key])
		}
		return object
	case []any:
		list := []any{}
		for i, item := range v {
			list = append(list, r.value(JoinIndex(pointer, i), item))
		}
		return list
	case bool, string:
		return v
	case int64:
		return r.number(r.doc.Position(pointer), pointer, strconv.FormatInt(v, 10))
	case float64:
		return r.number(r.doc.Position(pointer), pointer, strconv.FormatFloat(v, 'g', -1, 64))
	default:
		return fmt.Sprint(v)
	}
}
