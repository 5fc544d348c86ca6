package document

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// TestLimitsOfTexts: keys, paths and what aliases repeat are bounded, in YAML and
// in JSON.
func TestLimitsOfTexts(t *testing.T) {
	const key = "expected a key of at most 1000 bytes"
	const text = "expected at most 16777216 bytes of paths and texts, aliases expanded"
	long := strings.Repeat("k", 1000)
	deep := strings.Repeat(`{"`+long+`": `, 30) + "[" + strings.Repeat("1,", 5000) + "1]" + strings.Repeat("}", 30)
	for name, c := range map[string]struct{ in, want string }{
		"long key":         {"? " + long + "k\n: 1", key},
		"long key in JSON": {`{"` + long + `k": 1}`, key},
		"paths":            {"# YAML\n" + deep, text},
		"paths in JSON":    {deep, text},
		"aliases":          {"a: &a " + strings.Repeat("x", 20_000) + "\nb: [" + strings.Repeat("*a, ", 1000) + "]", text},
		"documents":        {strings.Repeat("---\na: ["+strings.Repeat("1,", 1000)+"]\n", 100), "expected at most 100000 values, aliases expanded"},
		"bombs": {strings.Repeat("---\na: &a ["+strings.Repeat("1,", 40)+"]\nb: &b ["+strings.Repeat("*a,", 40)+"]\nc: ["+strings.Repeat("*b,", 40)+"]\n", 40),
			"expected at most 100000 values, aliases expanded"},
	} {
		if _, err := Read("f", []byte(c.in)); err == nil || !strings.HasSuffix(err.Error(), ": "+c.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := Read("f", []byte(`{"`+long+`": 1}`)); err != nil {
		t.Errorf("at the limit: %v", err)
	}
}

// TestLimitOfNodes: what the YAML parser makes is bounded before it does, also
// below keys that nobody reads, and in every style of YAML.
func TestLimitOfNodes(t *testing.T) {
	for name, c := range map[string]struct{ begin, one, end string }{
		"flow":     {"a: 1\nx-a: [", "1,", "1]"},
		"list":     {"a: 1\nx-a:\n", "-\n", ""},
		"NEL":      {"a: 1\nx-a:\n", "-\u0085", ""},
		"keys":     {"", "a:\n", ""},
		"question": {"", "? a\n", ""},
	} {
		in := c.begin + strings.Repeat(c.one, maxSeparators+1) + c.end
		if _, err := Read("f", []byte(in)); err == nil || !strings.HasPrefix(err.Error(), "f: expected at most 400000 commas, colons and dashes between values, got 40000") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	// Texts, dates and names are no separators.
	if _, err := Read("f", []byte("a: 1\nx-a:\n"+strings.Repeat("  - pkg:npm/a-b-c@1-2026-01-31T10:00:00Z-\"?\"\n", 90_000))); err != nil {
		t.Error(err)
	}
}

// TestJSONIsPlacedAsYAML: both readers give the same values the same places.
func TestJSONIsPlacedAsYAML(t *testing.T) {
	const in = "{\n  \"a\": [1, {\"b\" : true},\n\t\"x\"],\r\n  \"ü\": {\"ö€😀\": \"é\", \"n\": null, \"c\": [] },\n" +
		`  "d": "\"", "e":-1.5e3 ,"f/~": {}, "x-g": {"h": [null]}, "i": [[ 2 ]]` + "\n}\n"
	asJSON, asYAML := read(t, in), read(t, in+"# not JSON\n")
	if !reflect.DeepEqual(asJSON, asYAML) {
		t.Errorf("got\n%v\nwant\n%v", asJSON, asYAML)
	}
}

// TestErrorsAreBounded: of very many errors the first are reported.
func TestErrorsAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 250 {
		fmt.Fprintf(&b, "unknown%03d: 1\n", i)
	}
	errs := read(t, legal+b.String()).Validate(compile(t)).Sorted()
	if len(errs) != 101 || errs[99].Pointer != "/unknown099" || errs[100].Error() != "f:103:1: and 150 more errors" {
		t.Errorf("got %d errors, the last %v", len(errs), errs[len(errs)-1])
	}
}

// TestMalformedPointers have no place and no value.
func TestMalformedPointers(t *testing.T) {
	d := read(t, "a: [1]")
	if got := d.Position("a"); got != (Position{}) {
		t.Errorf("got %v", got)
	}
	for _, pointer := range []string{"/a/00", "/a/+0", "/a/-0", "/a/-1", "/a/1", "/a/"} {
		if got := d.Lookup(Split(pointer)); got != nil {
			t.Errorf("%s is %v", pointer, got)
		}
	}
}
