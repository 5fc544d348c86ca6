package document

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
)

func TestWith(t *testing.T) {
	for _, c := range []struct {
		in, want string
		changes  []Change
	}{
		{`{"a": 1}`, `{"a":2,"b":{"c":3}}`, []Change{{"/a", 2}, {"/b/c", 3}}},
		{`{"a": [1, {"b": 2}]}`, `{"a":[0,{"b":3,"x/y":4}]}`, []Change{{"/a/1/b", 3}, {"/a/0", 0}, {"/a/1/x~1y", 4}, {"/a/2", 5}, {"/a/01", 6}}},
		{`{"a": {"b": 1}}`, `{"a":{"c":2}}`, []Change{{"/a/b", 3}, {"/a", map[string]any{}}, {"/a/c", 2}}},
		{`{"a": 1}`, `{"a":1}`, []Change{{"/a/b", 2}}},
		{`{"a": 1}`, `7`, []Change{{"/a", 2}, {"", 7}}},
		{`{"a": 1}`, `{"a":1}`, nil},
	} {
		in := value(t, c.in)
		if got := text(t, With(in, c.changes...)); got != c.want {
			t.Errorf("%s with %v\ngot  %s\nwant %s", c.in, c.changes, got, c.want)
		}
		if text(t, in) != text(t, value(t, c.in)) {
			t.Errorf("%s with %v: the value itself was changed", c.in, c.changes)
		}
	}
}

// TestWithAtOnce: changes made at once are changes made one after the other.
func TestWithAtOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pointers := []string{"/a", "/a/b", "/a/b/c", "/l", "/l/0", "/l/0/a", "/l/1", "/l/1/b", "/l/2", "/s", "/s/t", ""}
	for range 2000 {
		in := value(t, `{"a": {"b": null}, "l": [{"a": 1}, 2], "s": "t"}`)
		var changes []Change
		want := in
		for range r.IntN(6) {
			c := Change{pointers[r.IntN(len(pointers))], []any{nil, 1, map[string]any{"b": 2}, []any{3, 4}}[r.IntN(4)]}
			changes = append(changes, c)
			want = With(want, c)
		}
		if got := With(in, changes...); text(t, got) != text(t, want) {
			t.Fatalf("%v\ngot  %s\nwant %s", changes, text(t, got), text(t, want))
		}
	}
}

func value(t *testing.T, s string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func text(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
