package document

import (
	"encoding/json"
	"testing"
)

// foreignCases are inputs for ReadForeign, with the document as JSON and the place of
// its key a, or with the error.
var foreignCases = map[string]struct {
	in, want string
	at       Position
}{
	"comments":         {"// one\n{/* two */ \"a\": 1, // three\n}", `{"a":1}`, Position{2, 12}},
	"comma at the end": {"{\n  \"a\": [1, 2,],\n}\n", `{"a":[1,2]}`, Position{2, 3}},
	"mark":             {"\ufeff{\"a\": 1,}", `{"a":1}`, Position{1, 2}},
	"x- keys stay":     {"{\"x-b\": {\"x-c\": 1}, \"a\": 1}", `{"a":1,"x-b":{"x-c":1}}`, Position{1, 21}},
	"null is absent":   {"{\"b\": null, \"a\": 1}", `{"a":1}`, Position{1, 13}},
	"no comment":       {"{\"a\": \"http://example.com/*x*/\"}", `{"a":"http://example.com/*x*/"}`, Position{1, 2}},
	"YAML":             {"# one\na: {b: 1}", `{"a":{"b":1}}`, Position{2, 1}},
	"twice":            {"{\"a\": 1, /* */ \"a\": 2}", "f:1:16: a: this key stands already in line 1", Position{}},
	"a list":           {"[1]", "f:1:1: expected an object, got a list", Position{}},
}

func TestReadForeign(t *testing.T) {
	for name, c := range foreignCases {
		docs, err := ReadForeign("f", []byte(c.in))
		if err != nil {
			if err.Error() != c.want {
				t.Errorf("%s: got %v, want %s", name, err, c.want)
			}
			continue
		}
		text, err := json.Marshal(docs[0].Root)
		if err != nil || string(text) != c.want || docs[0].Position("/a") != c.at {
			t.Errorf("%s: got %s at %v, %v; want %s at %v", name, text, docs[0].Position("/a"), err, c.want, c.at)
		}
	}
}

func TestAssemble(t *testing.T) {
	d := Assemble("f", map[string]any{"a": map[string]any{"b": true, "c": true}}, map[string]Place{
		"/a": {"f", Position{3, 1}}, "/a/b": {"g", Position{7, 5}},
	})
	for pointer, want := range map[string]string{
		"/a/b": "g:7:5: a.b: m", "/a/b/x": "g:7:5: a.b.x: m", "/a/c": "f:3:1: a.c: m", "/z": "f:1:1: z: m", "": "f:1:1: m",
	} {
		if got := d.Errorf(pointer, "m").Error(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := d.Elsewhere("/a/b") + d.Elsewhere("/a/c") + d.Elsewhere("b"); got != "g" {
		t.Errorf("elsewhere: %s", got)
	}
}

// FuzzReadForeign: whatever the bytes are, they are read with places or refused with
// one, and JSON that Read takes is read the same but for x- keys.
func FuzzReadForeign(f *testing.F) {
	for _, c := range foreignCases {
		f.Add([]byte(c.in))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		docs, err := ReadForeign("f", data)
		if err != nil {
			placed(t, err)
			return
		}
		for _, d := range docs {
			if at, ok := d.at[""]; !ok || at.Line < 1 || at.Column < 1 {
				t.Errorf("the document is at %v", at)
			}
			again, err := json.Marshal(d.Root)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := ReadForeign("f", again); err != nil && len(again) <= MaxBytes {
				t.Errorf("%v\n%s", err, again)
			}
		}
	})
}
