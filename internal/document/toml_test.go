package document

import (
	"encoding/json"
	"strings"
	"testing"
)

// tomlCases are inputs for ReadTOML, with the document as JSON and the place of a
// pointer, or with the error.
var tomlCases = map[string]struct {
	in, want, pointer string
	at                Position
}{
	"keys":            {"# one\na = 1\n\"b.c\" = 'x'", `{"a":1,"b.c":"x"}`, "/b.c", Position{3, 1}},
	"mark":            {"\ufeffa = true", `{"a":true}`, "/a", Position{1, 1}},
	"table":           {"[a.b]\nc = 1.5\n", `{"a":{"b":{"c":1.5}}}`, "/a/b/c", Position{2, 1}},
	"table itself":    {"[a.b]\nc = 1.5\n", `{"a":{"b":{"c":1.5}}}`, "/a/b", Position{1, 4}},
	"dotted":          {"'é'.b = 1\n'é'.c = 2", `{"é":{"b":1,"c":2}}`, "/é/c", Position{2, 5}},
	"inline":          {"'é' = {b = 1, c = {d = 2}}", `{"é":{"b":1,"c":{"d":2}}}`, "/é/c/d", Position{1, 20}},
	"list":            {"a = [\n  'x', # one\n  [1],\n]", `{"a":["x",[1]]}`, "/a/0", Position{2, 3}},
	"list in list":    {"a = [\n  'x',\n  [1],\n]", `{"a":["x",[1]]}`, "/a/1/0", Position{3, 4}},
	"tables":          {"[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3\n", `{"a":[{"b":1},{"b":2,"c":{"d":3}}]}`, "/a/1/c/d", Position{6, 1}},
	"second table":    {"[[a]]\nb = 1\n[[a]]\nb = 2\n", `{"a":[{"b":1},{"b":2}]}`, "/a/1", Position{3, 3}},
	"tables in table": {"[[a.b]]\n[[a.b]]\n[[a.b.c]]\nd = 1", `{"a":{"b":[{},{"c":[{"d":1}]}]}}`, "/a/b/1/c/0/d", Position{4, 1}},
	"date":            {"a = 2026-11-27", `{"a":"2026-11-27"}`, "/a", Position{1, 1}},
	"empty":           {"", `{}`, "", Position{1, 1}},
	"twice":           {"a = 1\na = 2", "f:2:1: not TOML: ", "", Position{}},
	"table twice":     {"[a]\n[a]", "f:2:2: not TOML: ", "", Position{}},
	"no TOML":         {"a = 1\nb", "f:2:", "", Position{}},
	"not a number":    {"a = nan", "f:1:1: a: expected a decimal number", "", Position{}},
	"no text":         {"a = '\xff'", "f: expected UTF-8 text", "", Position{}},
	"deep":            {"a" + strings.Repeat(".a", 40) + " = 1", "f:1:65: ", "", Position{}},
	"long key":        {strings.Repeat("a", 2000) + " = 1", "f:1:1: expected a key", "", Position{}},
}

func TestReadTOML(t *testing.T) {
	for name, c := range tomlCases {
		doc, err := ReadTOML("f", []byte(c.in))
		if err != nil {
			if !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("%s: got %v, want %s", name, err, c.want)
			}
			continue
		}
		text, err := json.Marshal(doc.Root)
		if err != nil || string(text) != c.want || doc.at[c.pointer] != c.at {
			t.Errorf("%s: got %s at %v, %v; want %s at %v", name, text, doc.at[c.pointer], err, c.want, c.at)
		}
	}
}

// FuzzReadTOML: whatever the bytes are, they are read with places or refused.
func FuzzReadTOML(f *testing.F) {
	for _, c := range tomlCases {
		f.Add([]byte(c.in))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := ReadTOML("f", data)
		if err != nil {
			placed(t, err)
			return
		}
		for pointer, at := range doc.at {
			if at.Line < 1 || at.Column < 1 {
				t.Errorf("%s is at %v", pointer, at)
			}
		}
		var has func(pointer string, v any)
		has = func(pointer string, v any) {
			if _, ok := doc.at[pointer]; !ok {
				t.Errorf("%s has no place", pointer)
			}
			object, _ := v.(map[string]any)
			for key, value := range object {
				has(Join(pointer, key), value)
			}
			list, _ := v.([]any)
			for i, item := range list {
				has(JoinIndex(pointer, i), item)
			}
		}
		has("", doc.Root)
		if text, err := json.Marshal(doc.Root); err != nil || !json.Valid(text) {
			t.Errorf("%v\n%s", err, text)
		}
	})
}
