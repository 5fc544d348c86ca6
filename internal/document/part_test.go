package document

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// parts reads all documents of a stream, part by part.
func parts(t testing.TB, in string) (docs []*Document, count int, err error) {
	t.Helper()
	for p, err := range Parts("f", iotest.OneByteReader(strings.NewReader(in))) {
		if err != nil {
			return docs, count, err
		}
		count++
		more, err := p.Read("f")
		if err != nil {
			return docs, count, err
		}
		docs = append(docs, more...)
	}
	return docs, count, nil
}

// TestParts: a stream is cut where documents begin, and every value keeps its line.
func TestParts(t *testing.T) {
	for name, c := range map[string]struct {
		in    string
		parts int
		lines []int // of the key a of every document
	}{
		"nothing":       {"", 0, nil},
		"comments":      {"# a\n---\n# b\n...\n\ufeff# c\n", 0, nil},
		"one":           {"a: 1\n", 1, []int{1}},
		"no last line":  {"a: 1\n---\na: 2", 2, []int{1, 3}},
		"with comments": {"# one\n---\n# two\na: 1\n# three\n---\n\n---\na: 2\n", 2, []int{4, 9}},
		"with values":   {"--- {a: 1}\n--- # comment\na: 2\n...\n# between\n%YAML 1.2\n---\na: 3\n", 3, []int{1, 3, 8}},
		"in a text":     {"a: |\n  ---\n  ...\nb: 1\n---x: 1\n", 1, []int{1}},
		"CRLF":          {"a: 1\r\n---\r\na: 2\r\n", 2, []int{1, 3}},
		"null":          {"~\n---\na: 1\n", 2, []int{3}},
		"pretty JSON":   {"{\n  \"a\": {\n\"b\": 1}\n}\n", 1, []int{2}},
		"JSON lines":    {"{\"a\": 1}\n\n{\"a\": 2}\n{\"a\": 3}", 3, []int{1, 3, 4}},
		"one JSON line": {"{\"a\": 1}\n", 1, []int{1}},
		"JSON and YAML": {"{\"a\": 1}\n---\n{\n\"a\": 2,\n\"b\":\n{}}\n", 2, []int{1, 4}},
	} {
		docs, n, err := parts(t, c.in)
		var lines []int
		for _, d := range docs {
			lines = append(lines, d.Position("/a").Line)
		}
		// What begins with --- and goes on is the beginning of a plain text.
		if name == "in a text" {
			if docs[0].Position("/---x").Line != 5 {
				t.Errorf("%s: got %v", name, docs[0])
			}
		}
		if err != nil || n != c.parts || !reflect.DeepEqual(lines, c.lines) {
			t.Errorf("%s: got %d parts with a in %v, %v", name, n, lines, err)
		}
	}
}

// TestPartsFail at their own line, and do not hold up what came before.
func TestPartsFail(t *testing.T) {
	for in, want := range map[string]string{
		"a: 1\n---\na: [\n---\nb: 1\n":                     "f:3:1: not YAML or JSON: did not find expected node content",
		"{\"a\": 1}\n{\"a\": 2}\n{\"a\": ]}\n{\"a\": 4}\n": "f:3:1: ",
		"a: 1\n---\n- 1\n":                                 "f:3:1: expected an object with apiVersion, kind and metadata, got a list",
	} {
		docs, _, err := parts(t, in)
		if len(docs) == 0 || err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %d documents, %v", in, len(docs), err)
		}
	}
	for name, in := range map[string]string{"a line": strings.Repeat("x", MaxBytes), "lines": strings.Repeat("x: 1\n", MaxBytes/4)} {
		docs, _, err := parts(t, "a: 1\n---\n"+in)
		if len(docs) != 1 || err == nil || err.Error() != "f:2:1: too large, expected at most 4194304 bytes" {
			t.Errorf("%s: got %d documents, %v", name, len(docs), err)
		}
	}
	broken := errors.New("broken")
	for _, err := range Parts("f", io.MultiReader(strings.NewReader("a: 1\n"), iotest.ErrReader(broken))) {
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
}

// FuzzParts: what can be read as a whole is the same read part by part.
func FuzzParts(f *testing.F) {
	for _, seed := range []string{
		"a: 1\n---\nb: |\n  x\n...\n%YAML 1.2\n---\nc: 1\n", "{\"a\": 1}\n{\"a\": 2}\n", "--- &a {a: 1}\n--- 'x\n y'\n",
		"a: 1\r---\rb: 1\n---\nc: 1", "a: \"\u2028\"\n---\nb: 1", "{\n}\n{\n}", "--- |\n---\n", "? |\n ---\n: 1\n---\n", "\ufeffa: 1\n---\n\ufeffb: 1\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		whole, err := Read("f", []byte(in))
		if err != nil {
			return
		}
		docs, _, err := parts(t, in)
		if err != nil {
			t.Fatalf("as a whole there are %d documents, in parts %v", len(whole), err)
		}
		if len(docs) != len(whole) {
			t.Fatalf("%d documents, in parts %d", len(whole), len(docs))
		}
		for i, d := range docs {
			if !reflect.DeepEqual(d, whole[i]) {
				t.Errorf("document %d is\n%v\nand as a whole\n%v", i, d, whole[i])
			}
		}
	})
}
