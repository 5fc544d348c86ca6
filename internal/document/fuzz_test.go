package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// FuzzRead: whatever the bytes are, Read and ReadData do not panic and give
// either a placed error or clean JSON values that have a place and survive
// being written as JSON and read again.
func FuzzRead(f *testing.F) {
	for _, c := range readCases {
		f.Add([]byte(c.in))
	}
	for _, c := range valueCases {
		f.Add([]byte(c.in))
	}
	examples, err := filepath.Glob("../../examples/*/profile.yaml")
	if err != nil || len(examples) == 0 {
		f.Fatalf("no examples: %v", err)
	}
	for _, name := range examples {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, c := range dataCases {
		f.Add([]byte(c.in))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		whole(t, data)
		docs, err := Read("f", data)
		if err != nil {
			placed(t, err)
			return
		}
		for _, d := range docs {
			clean(t, d, "", d.Root)
			again(t, d)
		}
	})
}

// placed fails the test unless err is an *Error with a source and, unless it is
// about the whole file, a line and a column.
func placed(t *testing.T, err error) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%T: %v", err, err)
	}
	whole := e.Position == Position{} && e.Pointer == ""
	if e.Source != "f" || e.Message == "" || !whole && (e.Line < 1 || e.Column < 1) {
		t.Errorf("%#v", e)
	}
}

// clean fails the test when a value is no JSON value, is null, stands below an
// x- key or has no place.
func clean(t *testing.T, d *Document, pointer string, v any) {
	t.Helper()
	if at, ok := d.at[pointer]; pointer != "" && (!ok || at.Line < 1 || at.Column < 1) {
		t.Errorf("%q is at %v", pointer, at)
	}
	switch v := v.(type) {
	case map[string]any:
		for key, c := range v {
			if strings.HasPrefix(key, "x-") {
				t.Errorf("x- key below %q: %q", pointer, key)
			}
			clean(t, d, Join(pointer, key), c)
		}
	case []any:
		for i, c := range v {
			clean(t, d, JoinIndex(pointer, i), c)
		}
	case string, bool, json.Number:
	default:
		t.Errorf("%q is %T", pointer, v)
	}
}

// again writes d as JSON and reads that.
func again(t *testing.T, d *Document) {
	t.Helper()
	data, err := json.Marshal(d.Root)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > MaxBytes {
		return
	}
	docs, err := Read("f", data)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if len(docs) != 1 || !reflect.DeepEqual(docs[0].Root, d.Root) {
		t.Errorf("got  %s\nfrom %s", contents(t, docs), data)
	}
}

// whole reads data with ReadData: what it accepts, Read accepts too, and nothing
// is left out.
func whole(t *testing.T, data []byte) {
	t.Helper()
	d, err := ReadData("f", data)
	if err != nil {
		placed(t, err)
		return
	}
	if len(d.nulls) > 0 {
		t.Errorf("nulls at %v", d.nulls)
	}
	if _, err := Read("f", data); err != nil {
		t.Errorf("Read does not accept it: %v", err)
	}
	written, err := json.Marshal(d.Root)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := ReadData("f", written); len(written) <= MaxBytes && (err != nil || !reflect.DeepEqual(again.Root, d.Root)) {
		t.Errorf("%v\n%s", err, written)
	}
}

// FuzzJSON: what is read of JSON is what encoding/json reads, each value at its place.
func FuzzJSON(f *testing.F) {
	for _, text := range []string{
		`{"a": [1, -2.5e3, true, false, {"b": "\\\"\u00e9\ud83d\ude00"}, [], {}], "x-y": {"z": [1]}, "é": "c"}`, "{\n\t\"a\":\r\n 1 , \"b\"\n: 2}", "[1]", "1", `"a"`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := ReadData("f.json", data)
		const most = 4096 // what follows looks at a line for each value
		if err != nil || !json.Valid(data) || len(data) > most {
			return
		}
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.UseNumber()
		var want any
		if err := dec.Decode(&want); err != nil || !reflect.DeepEqual(any(doc.Root), want) {
			t.Fatalf("got %v, want %v, %v", doc.Root, want, err)
		}
		lines := bytes.Split(data, []byte("\n"))
		for pointer, at := range doc.at {
			rest := []rune(string(lines[at.Line-1]))[at.Column-1:]
			token := pointer[strings.LastIndexByte(pointer, '/')+1:]
			if _, item := doc.Value(pointer[:max(0, strings.LastIndexByte(pointer, '/'))]).([]any); pointer == "" || item {
				continue
			}
			var key string
			if err := json.NewDecoder(strings.NewReader(string(rest))).Decode(&key); err != nil || key != unescape(token) {
				t.Fatalf("%s is at %v: %s", pointer, at, string(rest))
			}
		}
	})
}
