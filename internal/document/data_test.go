package document

import (
	"encoding/json"
	"errors"
	"testing"
)

// dataCases are inputs for ReadData, which leaves nothing out, each with the
// document as JSON or with the error.
var dataCases = map[string]struct{ in, want string }{
	"x- keys stay":            {"x-a: {x-b: [1]}\nc: [{x-d: 1}]", `{"c":[{"x-d":1}],"x-a":{"x-b":[1]}}`},
	"x- keys stay, JSON":      {`{"x-a": {"x-b": [1]}}`, `{"x-a":{"x-b":[1]}}`},
	"numbers stay as written": {"a: 1.50", `{"a":1.50}`},
	"empty":                   {"{}", `{}`},

	"null":           {"a: {b: null}", "f:1:5: a.b: expected a value, got null"},
	"nothing":        {"a:\nb: 1", "f:1:1: a: expected a value, got null"},
	"null, JSON":     {`{"b": {"x-a": null}}`, "f:1:8: b.x-a: expected a value, got null"},
	"null in a list": {"x-a: [~]", "f:1:7: x-a[0]: expected a value, got null"},
	"bad below x-":   {"x-a: {b: 0x1F}", "f:1:10: x-a.b: " + notDecimal + "0x1F"},
	"bad x-, JSON":   {`{"x-a": "\ud83d"}`, "f:1:9: x-a: " + halfPair + `\ud83d`},
	"a list":         {"[1]", "f:1:1: expected an object, got a list"},
	"two":            {"a: 1\n---\nb: 1", "f:3:1: expected one document, got 2"},
	"none":           {"# nothing", "f: expected a document, got an empty file"},
	"twice":          {"x-a: 1\nx-a: 2", "f:2:1: x-a: this key stands already in line 1"},
	"twice below x-": {"x-a: {b: 1, b: 2}", "f:1:13: x-a.b: this key stands already in line 1"},
}

func TestReadData(t *testing.T) {
	for name, c := range dataCases {
		d, err := ReadData("f", []byte(c.in))
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Error() != c.want {
				t.Errorf("%s\ngot  %v\nwant %s", name, err, c.want)
			}
			continue
		}
		if got, err := json.Marshal(d.Root); err != nil || string(got) != c.want {
			t.Errorf("%s: got %s, %v, want %s", name, got, err, c.want)
		}
	}
}
