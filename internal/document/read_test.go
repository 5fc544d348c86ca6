package document

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// readCases are hard inputs for Read of which each is refused with one exact
// error; the fuzz target starts from them too.
var readCases = map[string]struct{ in, want string }{
	"duplicate key":             {"a: 1\nb: 2\na: 3", "f:3:1: a: this key stands already in line 1"},
	"duplicate key in JSON":     {`{"a": 1, "a": 2}`, "f:1:10: a: this key stands already in line 1"},
	"duplicate after escapes":   {`{"a": 1, "\u0061": 2}`, "f:1:10: a: this key stands already in line 1"},
	"duplicate nested":          {"a:\n  - b: 1\n    b: 1", "f:3:5: a[0].b: this key stands already in line 2"},
	"duplicate x- key":          {"x-a: 1\nx-a: 1", "f:2:1: x-a: this key stands already in line 1"},
	"duplicate null":            {"a:\na:", "f:2:1: a: this key stands already in line 1"},
	"integer key":               {"a:\n  1: x", "f:2:3: a: expected a text as key, got a number; quote it"},
	"float key":                 {"1.5: x", "f:1:1: expected a text as key, got a number; quote it"},
	"boolean key":               {"true: x", "f:1:1: expected a text as key, got true or false; quote it"},
	"null key":                  {"~: x", "f:1:1: expected a text as key, got nothing; quote it"},
	"date key":                  {"2026-01-01: x", "f:1:1: expected a text as key, got a date; quote it"},
	"list key":                  {"[a]: x", "f:1:1: expected a text as key, got a list; quote it"},
	"object key":                {"{a: b}: x", "f:1:1: expected a text as key, got an object; quote it"},
	"merge key":                 {"a: &a {b: 1}\nc:\n  <<: *a", "f:3:3: c: merge keys (<<) are not part of YAML 1.2; write the keys out"},
	"alias of itself":           {"a: &a [*a]", "f:1:4: a" + strings.Repeat("[0]", 16) + ": expected at most 32 levels"},
	"object alias of itself":    {"a: &a {b: *a}", "f:1:4: a" + strings.Repeat(".b", 16) + ": expected at most 32 levels"},
	"alias as key of itself":    {"&a {*a : 1}: 1", "f:1:1: expected a text as key, got an object; quote it"},
	"empty":                     {"", "f: expected a document, got an empty file"},
	"byte order mark only":      {"\ufeff", "f: expected a document, got an empty file"},
	"comments only":             {"# one\n\n# two\n", "f: expected a document, got an empty file"},
	"two empty documents":       {"---\n---", "f: expected a document, got an empty file"},
	"null document":             {"null", "f:1:1: expected an object with apiVersion, kind and metadata, got nothing"},
	"list document":             {"- 1", "f:1:1: expected an object with apiVersion, kind and metadata, got a list"},
	"text document":             {"hello", `f:1:1: expected an object with apiVersion, kind and metadata, got a text`},
	"number document":           {"1", "f:1:1: expected an object with apiVersion, kind and metadata, got a number"},
	"boolean document":          {"true", "f:1:1: expected an object with apiVersion, kind and metadata, got true"},
	"second document is tagged": {"a: 1\n--- !!null\n", "f:2:5: expected an object with apiVersion, kind and metadata, got nothing"},
	"other YAML":                {"%YAML 1.3\n---\na: 1", "f:1:1: not YAML or JSON: found incompatible YAML document"},
	"directive in a document":   {"a: 1\n%YAML 1.2\n", "f:2:1: not YAML or JSON: found incompatible YAML document"},
	"many empty documents":      {strings.Repeat("---\n", 1002), "f: expected at most 1000 empty documents"},
	"invalid UTF-8":             {"a: \xff", "f: expected UTF-8 text"},
	"UTF-16":                    {"\xff\xfea\x00:\x00 \x001\x00", "f: expected UTF-8 text"},
	"NUL":                       {"a: \x00", "f:1:1: not YAML or JSON: control characters are not allowed"},
	"control character":         {"a: \x07", "f:1:1: not YAML or JSON: control characters are not allowed"},
	"tab as indentation":        {"a:\n\tb: 1", "f:2:2: not YAML or JSON: found character that cannot start any token"},
	"lone high surrogate":       {`{"a": "\ud83d"}`, "f:1:7: a: " + halfPair + `\ud83d`},
	"surrogate after text":      {`{"a": "\\\\ud83d\ude00"}`, "f:1:7: a: " + halfPair + `\ude00`},
	"surrogates swapped":        {`{"a": "\ude00\ud83d"}`, "f:1:7: a: " + halfPair + `\ude00`},
	"YAML 1.1 octal":            {"a: 010", "f:1:4: a: " + notDecimal + "010"},
	"YAML 1.2 octal":            {"a: 0o10", "f:1:4: a: " + notDecimal + "0o10"},
	"hexadecimal":               {"a: 0x1F", "f:1:4: a: " + notDecimal + "0x1F"},
	"binary number":             {"a: 0b1", "f:1:4: a: " + notDecimal + "0b1"},
	"underscore":                {"a: 1_000", "f:1:4: a: " + notDecimal + "1_000"},
	"plus sign":                 {"a: +1", "f:1:4: a: " + notDecimal + "+1"},
	"no digit before point":     {"a: .5", "f:1:4: a: " + notDecimal + ".5"},
	"no digit after point":      {"a: 5.", "f:1:4: a: " + notDecimal + "5."},
	"infinity":                  {"a: .inf", "f:1:4: a: " + notDecimal + ".inf"},
	"not a number":              {"a: .nan", "f:1:4: a: " + notDecimal + ".nan"},
	"exponent of 3 digits":      {"a: 1e100", "f:1:4: a: " + notDecimal + "1e100"},
	"integer of 19 digits":      {"a: 1234567890123456789", "f:1:4: a: " + notDecimal + "1234567890123456789"},
	"long number is clipped":    {"a: 1" + strings.Repeat("0", 80), "f:1:4: a: " + notDecimal + "1" + strings.Repeat("0", 59) + "…"},
	"private tag":               {"a: !foo b", "f:1:4: a: expected a plain value, got the tag !foo"},
	"binary tag":                {"a: !!binary aGk=", "f:1:4: a: expected a plain value, got the tag !!binary"},
	"boolean tag on yes":        {`a: !!bool "yes"`, `f:1:4: a: expected true or false, got "yes"`},
	"integer tag on a text":     {"a: !!int x", "f:1:4: a: " + notDecimal + "x"},
	"null in a list":            {"a: [1, null]", "f:1:8: a[1]: expected a value, got null"},
	"nothing in a list":         {"a:\n- 1\n-\n- 2", "f:3:2: a[1]: expected a value, got null"},
	"syntax, later line":        {"a: 1\n b: 2", "f:2:2: not YAML or JSON: mapping values are not allowed in this context"},
	"syntax, first line":        {"  a: @x", "f:1:3: not YAML or JSON: found character that cannot start any token"},
	"syntax after CRLF":         {"a: 1\r\nb: 2\r\n  c: %", "f:3:3: not YAML or JSON: mapping values are not allowed in this context"},
	"open list":                 {`{"a": [1, 2`, "f:1:1: not YAML or JSON: did not find expected ',' or ']'"},
	"two JSON texts":            {`{"a": 1}{"b": 1}`, "f:1:1: not YAML or JSON: did not find expected <document start>"},
}

const halfPair = "expected two escapes for one character, got half a pair, "

const notDecimal = "expected a decimal number such as 8 or 0.5, or a text in quotes, got "

func TestReadRefuses(t *testing.T) {
	for name, c := range readCases {
		t.Run(name, func(t *testing.T) { refused(t, c.in, c.want) })
	}
}

// refused fails the test unless Read gives an *Error with exactly this text.
func refused(t *testing.T, in, want string) {
	t.Helper()
	docs, err := Read("f", []byte(in))
	var e *Error
	if !errors.As(err, &e) || e.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
	if docs != nil {
		t.Errorf("got %d documents beside the error", len(docs))
	}
}

// valueCases are hard inputs that Read accepts, with the documents as JSON.
var valueCases = map[string]struct{ in, want string }{
	"YAML 1.1 booleans are texts":  {"a: [yes, no, on, off, y, N, Yes, tRUE]", `{"a":["yes","no","on","off","y","N","Yes","tRUE"]}`},
	"YAML 1.2 booleans":            {"a: [true, True, TRUE, false, False, FALSE]", `{"a":[true,true,true,false,false,false]}`},
	"dates and times are texts":    {"a: [2026-01-31, 2026-01-31T10:00:00Z, 12:30:00]", `{"a":["2026-01-31","2026-01-31T10:00:00Z","12:30:00"]}`},
	"numbers stay as written":      {"a: [0, -0, 8, 0.50, 1e5, 1E-9, -1.5e+99, 123456789012345678]", `{"a":[0,-0,8,0.50,1e5,1E-9,-1.5e+99,123456789012345678]}`},
	"quoted scalars are texts":     {`a: ["true", '1', "null", '~', "2026-01-31"]`, `{"a":["true","1","null","~","2026-01-31"]}`},
	"nulls are dropped":            {"a: {b: null, c: ~, d: , e: NULL, f: 1}\ng:", `{"a":{"f":1}}`},
	"null through an alias":        {"a: &n null\nb: *n\nc: 1", `{"c":1}`},
	"empty containers stay":        {"a: {}\nb: []\nc: \"\"", `{"a":{},"b":[],"c":""}`},
	"x- keys are dropped":          {"x-a: {b: [1]}\nc: {x-d: 1, e: 1}\nf: [{x-g: 1}]\nx: 1", `{"c":{"e":1},"f":[{}],"x":1}`},
	"nothing below x- is read":     {"x-a: [null, {1: !foo 0x1F}, ~: {b: 1, b: 2}]\nc: 1", `{"c":1}`},
	"nor below x- in JSON":         {`{"x-a": [null, 1e999, {"b": 1, "b": "\ud83d"}], "c": {"x-d": null, "e": 1}}`, `{"c":{"e":1}}`},
	"quoted number key":            {`"1": x`, `{"1":"x"}`},
	"quoted merge key":             {`"<<": x`, `{"\u003c\u003c":"x"}`},
	"anchored key":                 {"&k a: 1\nb: *k", `{"a":1,"b":"a"}`},
	"alias copies the value":       {"a: &x {b: [1]}\nc: *x\nd: [*x]", `{"a":{"b":[1]},"c":{"b":[1]},"d":[{"b":[1]}]}`},
	"alias of something dropped":   {"x-a: &x [1]\nb: *x", `{"b":[1]}`},
	"alias as key":                 {"a: &k b\n*k : 1", `{"a":"b","b":1}`},
	"text tag":                     {"a: !!str 010\nb: !!str\nc: !!str true", `{"a":"010","b":"","c":"true"}`},
	"number tags":                  {"a: !!int \"7\"\nb: !!float 1\nc: !!bool \"true\"", `{"a":7,"b":1,"c":true}`},
	"several documents":            {"a: 1\n---\nb: 2\n...\n---\n{\"c\": 3}", `{"a":1} {"b":2} {"c":3}`},
	"byte order mark":              {"\ufeffa: 1", `{"a":1}`},
	"CRLF":                         {"a: x\r\nb:\r\n  c: 2\r\n", `{"a":"x","b":{"c":2}}`},
	"tabs in JSON":                 {"{\n\t\"a\":\t1,\n\t\"b\": [\n\t\t2\t]\n}", `{"a":1,"b":[2]}`},
	"tab after a key":              {"a:\t1", `{"a":1}`},
	"surrogate pair":               {`{"a": "\ud83d\ude00", "b": "x\uD83D\uDE00y"}`, `{"a":"😀","b":"x😀y"}`},
	"two surrogate pairs":          {`{"a": "\ud83d\ude00\ud83d\ude01"}`, `{"a":"😀😁"}`},
	"surrogate pair in a key":      {`{"\ud83d\ude00": 1}`, `{"😀":1}`},
	"backslash before a surrogate": {`{"a": "\\ud83d\\ude00"}`, `{"a":"\\ud83d\\ude00"}`},
	"backslash, then surrogate":    {`{"a": "\\\ud83d\ude00"}`, `{"a":"\\😀"}`},
	"escaped control character":    {`{"a": "\u0000\u001f"}`, `{"a":"\u0000\u001f"}`},
	"block scalar":                 {"a: |\n  x\n   y\n", `{"a":"x\n y\n"}`},
}

func TestReadValues(t *testing.T) {
	for name, c := range valueCases {
		t.Run(name, func(t *testing.T) {
			docs, err := Read("f", []byte(c.in))
			if err != nil {
				t.Fatal(err)
			}
			if got := contents(t, docs); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// contents writes documents as JSON, which tells numbers, texts and booleans apart.
func contents(t *testing.T, docs []*Document) string {
	t.Helper()
	out := make([]string, len(docs))
	for i, d := range docs {
		data, err := json.Marshal(d.Root)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = string(data)
	}
	return strings.Join(out, " ")
}

// TestLimits tries every limit at its last legal value and one above.
func TestLimits(t *testing.T) {
	bytes := func(n int) string { return "a: 1\n#" + strings.Repeat("x", n-6) }
	depth := func(n int) string { return "a: " + strings.Repeat("[", n) + "1" + strings.Repeat("]", n) }
	nodes := func(n int) string { return "a: [" + strings.Repeat("1,", n-2) + "]" } // root and list count too
	documents := func(n int) string { return strings.Repeat("---\na: 1\n", n) }
	for name, c := range map[string]struct{ most, more, want string }{
		"bytes":     {bytes(MaxBytes), bytes(MaxBytes + 1), "f: expected at most 4194304 bytes, got 4194305"},
		"depth":     {depth(maxDepth - 1), depth(maxDepth), "f:1:36: a" + strings.Repeat("[0]", 32) + ": expected at most 32 levels"},
		"nodes":     {nodes(maxNodes), nodes(maxNodes + 1), "f:1:200001: a[99998]: expected at most 100000 values, aliases expanded"},
		"documents": {documents(MaxDocuments), documents(MaxDocuments + 1), "f: expected at most 1000 documents"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Read("f", []byte(c.most)); err != nil {
				t.Errorf("at the limit: %v", err)
			}
			refused(t, c.more, c.want)
		})
	}
}

// TestAliasBombIsDefused: ten levels of ten aliases would be ten thousand
// million values.
func TestAliasBombIsDefused(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n")
	for i := 1; i < 10; i++ {
		prev, next := string(rune('0'+i-1)), string(rune('0'+i))
		b.WriteString("a" + next + ": &a" + next + " [" + strings.TrimSuffix(strings.Repeat("*a"+prev+",", 10), ",") + "]\n")
	}
	_, err := Read("f", []byte(b.String()))
	if err == nil || !strings.HasSuffix(err.Error(), ": expected at most 100000 values, aliases expanded") {
		t.Errorf("got %v", err)
	}
}
