package document

import (
	"slices"
	"testing"
)

func TestPosition(t *testing.T) {
	const in = "z: 0 # comment\n" +
		"a: 1\n" +
		"b:\n" +
		"  c: {d: 2, e: [3, {f: 4}]}\n" +
		"  g:\n" +
		"    - h: 5\n" +
		"      i: null\n" +
		"    - x\n" +
		"\"j/k~l\": é\n" +
		"x-m: {n: 6}\n" +
		"t: &t\n" +
		"  u: [7]\n" +
		"v: *t\n" +
		"ü: {ö: 8, w: 9}\n"
	d := read(t, in)
	for pointer, want := range map[string]Position{
		"":             {1, 1},
		"/a":           {2, 1},
		"/b":           {3, 1},
		"/b/c":         {4, 3},
		"/b/c/d":       {4, 7},
		"/b/c/e":       {4, 13},
		"/b/c/e/0":     {4, 17}, // flow style
		"/b/c/e/1":     {4, 20},
		"/b/c/e/1/f":   {4, 21},
		"/b/g/0":       {6, 7}, // an item is where its content begins
		"/b/g/0/h":     {6, 7},
		"/b/g/0/i":     {7, 7}, // null is gone from the values, not from the places
		"/b/g/1":       {8, 7},
		"/j~1k~0l":     {9, 1},
		"/x-m/n":       {10, 1}, // nothing below x- is read
		"/v":           {13, 1}, // an alias stands where it is used,
		"/v/u":         {12, 3}, // what it stands for where it is written
		"/v/u/0":       {12, 7},
		"/ü/ö":         {14, 5}, // columns count characters, not bytes
		"/ü/w":         {14, 11},
		"/nothing":     {1, 1}, // absent: the nearest ancestor
		"/b/c/nothing": {4, 3},
		"/b/c/e/9/f":   {4, 13},
		"/a/b/c/d":     {2, 1},
		"/b/ctoo":      {3, 1}, // not below /b/c
		"/j~1k~0l/m/n": {9, 1},
	} {
		if got := d.Position(pointer); got != want {
			t.Errorf("Position(%q) = %v, want %v", pointer, got, want)
		}
	}
}

func TestPositionInLaterDocument(t *testing.T) {
	docs, err := Read("f", []byte("a: 1\n---\na:\n  b: 2\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := docs[1].Position("/a/b"), (Position{4, 3}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPositionAfterByteOrderMark(t *testing.T) {
	if got, want := read(t, "\ufeffa: {b: 1}").Position("/a/b"), (Position{1, 5}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLookup(t *testing.T) {
	d := read(t, `{"a": [{"b": "x"}, "y"], "c/d~e": "z", "1": "w"}`)
	for pointer, want := range map[string]any{
		"/a/0/b": "x", "/a/1": "y", "/c~1d~0e": "z", "/1": "w",
		"/a/2": nil, "/a/-1": nil, "/a/b": nil, "/a/1/b": nil, "/b": nil,
	} {
		if got := d.Lookup(Split(pointer)); got != want {
			t.Errorf("Lookup(%q) = %v, want %v", pointer, got, want)
		}
	}
	if got, ok := d.Lookup(nil).(map[string]any); !ok || len(got) != len(d.Root) {
		t.Errorf("Lookup of the document = %v", got)
	}
}

// TestPointerRoundTrip: Split undoes Join for every token, the awkward too.
func TestPointerRoundTrip(t *testing.T) {
	tokens := []string{"a", "", "a/b", "~", "~1", "~0", "/", "//", "~01", "a~1b/c", "0", " ", "ü"}
	pointer := ""
	for _, token := range tokens {
		pointer = Join(pointer, token)
	}
	if want := "/a//a~1b/~0/~01/~00/~1/~1~1/~001/a~01b~1c/0/ /ü"; pointer != want {
		t.Errorf("joined %q, want %q", pointer, want)
	}
	if got := Split(pointer); !slices.Equal(got, tokens) {
		t.Errorf("split %q, want %q", got, tokens)
	}
	if got := Split(""); got != nil {
		t.Errorf("Split of the document = %q", got)
	}
	if got := JoinIndex("/a", 10); got != "/a/10" {
		t.Errorf("JoinIndex = %q", got)
	}
}

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		pointer, ancestor string
		want              bool
	}{
		{"/a", "/a", true}, {"/a/b", "/a", true}, {"/a/b/0", "/a", true}, {"/a/b", "", true}, {"", "", true},
		{"/ab", "/a", false}, {"/a", "/a/b", false}, {"/b/a", "/a", false}, {"", "/a", false}, {"/a~1b", "/a", false},
	} {
		if got := Within(c.pointer, c.ancestor); got != c.want {
			t.Errorf("Within(%q, %q) = %v", c.pointer, c.ancestor, got)
		}
	}
}

func TestPathOf(t *testing.T) {
	for pointer, want := range map[string]string{
		"":                   "",
		"/tools/0/access":    "tools[0].access",
		"/0/1/a":             "[0][1].a",
		"/a/b/10":            "a.b[10]",
		"/facts/~1model~1id": "facts./model/id",
		"/a~0b":              "a~b",
	} {
		if got := PathOf(pointer); got != want {
			t.Errorf("PathOf(%q) = %q, want %q", pointer, got, want)
		}
	}
}

func TestErrorText(t *testing.T) {
	for want, e := range map[string]Error{
		"f: m":           {Source: "f", Message: "m"},
		"f:3:7: m":       {Source: "f", Position: Position{3, 7}, Message: "m"},
		"f:3:7: a[0]: m": {Source: "f", Position: Position{3, 7}, Pointer: "/a/0", Message: "m"},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestErrorsAreSorted(t *testing.T) {
	at := func(line, column int, message string) *Error {
		return &Error{Source: "f", Position: Position{line, column}, Message: message}
	}
	errs := Errors{at(10, 1, "f"), at(2, 9, "e"), at(2, 1, "d"), at(2, 1, "c"), at(1, 30, "b"), at(0, 0, "a")}
	const want = "f: a\nf:1:30: b\nf:2:1: c\nf:2:1: d\nf:2:9: e\nf:10:1: f"
	if got := errs.Sorted().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestClip(t *testing.T) {
	exact := "1234567890123456789012345678901234567890123456789012345678é" // 60 bytes
	for in, want := range map[string]string{
		"": "", "short": "short", exact: exact,
		exact + "x":       exact + "…",
		"x" + exact + "x": "x" + exact[:58] + "…", // never half a character
	} {
		if got := Clip(in); got != want {
			t.Errorf("Clip(%q) = %q, want %q", in, got, want)
		}
	}
}

// read reads one document that must be legal.
func read(t testing.TB, in string) *Document {
	t.Helper()
	docs, err := Read("f", []byte(in))
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 1 {
		t.Fatalf("got %d documents", len(docs))
	}
	return docs[0]
}
