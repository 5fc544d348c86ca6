package document

import (
	"runtime"
	"strings"
	"testing"
	"unicode"
)

// TestJSONIsRead: what RFC 8259 allows and YAML 1.1 reads otherwise or not at all.
func TestJSONIsRead(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"escaped solidus": {`{"a": "https:\/\/example.com"}`, "https://example.com"},
		"next line":       {"{\"a\": \"x\u0085y\"}", "x\u0085y"},
		"line separator":  {"{\"a\": \"x \u2028 y\"}", "x \u2028 y"},
		"paragraph":       {"{\"a\": \"x \u2029 y\"}", "x \u2029 y"},
	} {
		t.Run(name, func(t *testing.T) {
			docs, err := Read("f", []byte(c.in))
			if err != nil {
				t.Fatal(err)
			}
			if got := docs[0].Root["a"]; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestBackslashesOutsideDoubleQuotes: only a double-quoted text has escapes.
func TestBackslashesOutsideDoubleQuotes(t *testing.T) {
	for _, in := range []string{`a: '\ud83d\ude00'`, `a: \ud83d\ude00`, "a: |-\n  \\ud83d\\ude00"} {
		if got, want := read(t, in).Root["a"], `\ud83d\ude00`; got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

// TestPlaceOfSyntaxErrors: the error is in the line that is wrong, or in the one
// where the broken thing begins; never in one that is right.
func TestPlaceOfSyntaxErrors(t *testing.T) {
	for name, c := range map[string]struct {
		in          string
		first, last int
	}{
		"open object":       {"a: 1\nb: 2\nc: {\nd: 1\n", 3, 5},
		"key in a list":     {"a: 1\nb:\n  - 1\n  c: 2\n", 3, 4},
		"unknown anchor":    {"a: 1\nb: 2\nc: *nope\n", 3, 3},
		"control character": {"a: 1\nb: 2\nc: \x07\n", 3, 3},
		"JSON":              {"{\n  \"a\": 1,\n  \"b\": 2\n  \"c\": 3\n}", 3, 4},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read("f", []byte(c.in))
			e, ok := err.(*Error)
			if !ok {
				t.Fatalf("got %v", err)
			}
			if e.Line < c.first || e.Line > c.last {
				t.Errorf("got %v, want line %d to %d", e, c.first, c.last)
			}
		})
	}
}

// TestColumnAfterSurrogates: the columns are those of the file.
func TestColumnAfterSurrogates(t *testing.T) {
	refused(t, `{"a": "\ud83d\ude00", "a": 2}`, "f:1:23: a: this key stands already in line 1")
}

// TestAliasedKey: an alias as key is reported where it stands.
func TestAliasedKey(t *testing.T) {
	refused(t, "a: &k b\n*k : 1\nb: 2", "f:3:1: b: this key stands already in line 2")
	refused(t, "a: &n 1\n? *n\n: 2", "f:2:3: expected a text as key, got a number; quote it")
}

// TestTagsThatMeanNothingHere: a value of an application's own type is not read as
// if it were a plain one.
func TestTagsThatMeanNothingHere(t *testing.T) {
	for _, in := range []string{"a: !foo {b: 1}", "a: !foo [1]", "a: !!set {b, c}", "a: !!omap [b: 1]", "a: !!null secret"} {
		if _, err := Read("f", []byte(in)); err == nil {
			t.Errorf("%s: accepted", in)
		}
	}
	for _, in := range []string{"!foo a: b", "!!binary aGk=: b"} {
		if _, err := Read("f", []byte(in)); err == nil || strings.Contains(err.Error(), "got ;") {
			t.Errorf("%s: the error does not say what it got: %v", in, err)
		}
	}
}

// TestHugeExponentIsANumber, of the size that only an attacker writes.
func TestHugeExponentIsANumber(t *testing.T) {
	refused(t, "a: 1e999", "f:1:4: a: "+notDecimal+"1e999")
	refused(t, `{"a": -1e999}`, "f:1:7: a: "+notDecimal+"-1e999")
}

// TestAnchorsEndWithTheirDocument: YAML 1.2, section 3.2.2.2.
func TestAnchorsEndWithTheirDocument(t *testing.T) {
	if _, err := Read("f", []byte("a: &z 1\n---\nb: *z\n")); err == nil {
		t.Error("an anchor of another document is accepted")
	}
}

// TestPositionOfLaterDocument: a document that is not the first begins where it
// begins.
func TestPositionOfLaterDocument(t *testing.T) {
	docs, err := Read("f", []byte("a: 1\n---\nb: 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := docs[1].Position("/absent"); got.Line < 2 {
		t.Errorf("got %v", got)
	}
}

// TestNullBelowXKey: a key that begins with x- is ignored with all that is
// below it, where any key is allowed too.
func TestNullBelowXKey(t *testing.T) {
	in := legal + "sources: {x-s: {titel: %s}}"
	for _, value := range []string{"1", "null"} {
		if errs := read(t, strings.ReplaceAll(in, "%s", value)).Validate(compile(t)); len(errs) > 0 {
			t.Errorf("%s: %v", value, errs)
		}
	}
}

// TestMessagesAreOneLine: what stands in a file cannot write lines or control
// sequences of its own into a log or a terminal.
func TestMessagesAreOneLine(t *testing.T) {
	texts := map[string]string{}
	for name, in := range map[string]string{
		"number": `a: !!int "1\n::error::x\e[31m"`,
		"tag":    `a: !x%0Ay z`,
		"path":   `"b\n::error::x\e[31m": [null]`,
	} {
		_, err := Read("f", []byte(in))
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		texts[name] = err.Error()
	}
	if errs := read(t, legal+`"b\n::error::x\e[31m": 1`).Validate(compile(t)); len(errs) == 1 {
		texts["unknown field"] = errs.Error()
	}
	if len(texts) != 4 {
		t.Errorf("got %d errors", len(texts))
	}
	for name, text := range texts {
		if strings.ContainsFunc(text, unicode.IsControl) {
			t.Errorf("%s: %q", name, text)
		}
	}
}

// TestMemoryIsBounded: an input of some ten kilobytes does not fill memory; a
// limit may refuse it.
func TestMemoryIsBounded(t *testing.T) {
	bomb := "x-a: &a [" + strings.Repeat("1,", 40) + "]\nx-b: &b [" + strings.Repeat("*a,", 40) + "]\nx-c: [" + strings.Repeat("*b,", 39) + "]\n"
	for name, in := range map[string]string{
		// Every item's pointer repeats the key.
		"long key": "? " + strings.Repeat("k", 20_000) + "\n: [" + strings.Repeat("1,", 5_000) + "]",
		// 40 documents of 65,000 values each; 1,000 are allowed.
		"bombs in several documents": strings.Repeat("---\n"+bomb, 40),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Read("f", []byte(in))
			runtime.ReadMemStats(&after)
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 64 {
				t.Errorf("%d bytes took %d MB (error: %v)", len(in), mb, err)
			}
		})
	}
}
