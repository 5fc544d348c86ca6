package document

import (
	"strings"
	"testing"
)

// testSchema has one of every keyword that Validate has a sentence for.
const testSchema = `{
	"$schema": "http://json-schema.org/draft-07/schema#",
	"type": "object", "required": ["name", "kind"], "additionalProperties": false, "patternProperties": {"^x-": {}},
	"properties": {
		"name": {"type": "string", "minLength": 1, "maxLength": 3},
		"kind": {"type": "string", "enum": ["saas", "shell", "skill"]},
		"flag": {"type": "boolean"},
		"days": {"type": "integer", "minimum": 0},
		"ratio": {"type": "number", "minimum": 0.5, "maximum": 10},
		"size": {"exclusiveMaximum": 3},
		"either": {"type": ["string", "number", "object"]},
		"code": {"type": "string", "pattern": "^[A-Z]+$"},
		"day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
		"list": {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": "string"}},
		"inner": {
			"type": "object", "required": ["first", "second"], "additionalProperties": false,
			"properties": {"first": {"type": "boolean"}, "second": {"type": "boolean"}}
		},
		"items": {
			"type": "array",
			"items": {"type": "object", "additionalProperties": false, "properties": {"access": {"type": "string"}}}
		},
		"labels": {"type": "object", "additionalProperties": {"type": "string"}},
		"sources": {"type": "object", "additionalProperties": {
			"type": "object", "additionalProperties": false, "properties": {"title": {"type": "string"}}
		}}
	}
}`

// legal has the two required keys, so that what follows begins in line 3.
const legal = "name: abc\nkind: saas\n"

const known = "code, day, days, either, flag, inner, items, kind, labels, list, name, ratio, size, sources"

func TestValidate(t *testing.T) {
	schema := compile(t)
	for name, c := range map[string]struct{ in, want string }{
		"legal":                      {legal, ""},
		"x- keys are free":           {legal + "x-a: {b: 1}\nitems: [{x-c: [1]}]", ""},
		"null is absent":             {legal + "flag:\nitems: [{access: null}]\nlabels: {any: ~}", ""},
		"required":                   {"name: abc", "f:1:1: expected kind"},
		"required is null":           {"name: abc\nkind: null", "f:1:1: expected kind"},
		"required, several":          {legal + "inner: {}", "f:3:1: inner: expected first, second"},
		"unknown, near":              {legal + "falg: true", `f:3:1: falg: unknown field, did you mean "flag"?`},
		"unknown, case":              {legal + "Flag: true", `f:3:1: Flag: unknown field, did you mean "flag"?`},
		"unknown, far":               {legal + "zzzzzzzz: 1", "f:3:1: zzzzzzzz: unknown field, expected one of " + known},
		"unknown, null":              {legal + "falg: null", `f:3:1: falg: unknown field, did you mean "flag"?`},
		"unknown in an item":         {legal + "items: [{}, {acess: a}]", `f:3:14: items[1].acess: unknown field, did you mean "access"?`},
		"unknown null in an item":    {legal + "items: [{}, {acess: }]", `f:3:14: items[1].acess: unknown field, did you mean "access"?`},
		"unknown below any key":      {legal + "sources: {s: {titel: a}}", `f:3:15: sources.s.titel: unknown field, did you mean "title"?`},
		"unknown null below any key": {legal + "sources: {s: {titel: }}", `f:3:15: sources.s.titel: unknown field, did you mean "title"?`},
		"several unknown": {legal + "falg: 1\nnmae: 1", "f:3:1: falg: unknown field, did you mean \"flag\"?\n" +
			"f:4:1: nmae: unknown field, did you mean \"name\"?"},
		"boolean from yes":     {legal + "flag: yes", `f:3:1: flag: expected true or false, got the text "yes"; write true`},
		"boolean from ON":      {legal + "flag: ON", `f:3:1: flag: expected true or false, got the text "ON"; write true`},
		"boolean from n":       {legal + "flag: n", `f:3:1: flag: expected true or false, got the text "n"; write false`},
		"boolean from off":     {legal + "flag: off", `f:3:1: flag: expected true or false, got the text "off"; write false`},
		"boolean from text":    {legal + "flag: maybe", `f:3:1: flag: expected true or false, got the text "maybe"`},
		"boolean from number":  {legal + "flag: 1", "f:3:1: flag: expected true or false, got the number 1"},
		"text from number":     {legal + "labels: {v: 1.10}", "f:3:10: labels.v: expected a text, got the number 1.10; quote it"},
		"text from list":       {legal + "labels: {v: [a]}", "f:3:10: labels.v: expected a text, got a list"},
		"text from boolean":    {legal + "labels: {v: true}", "f:3:10: labels.v: expected a text, got true; quote it"},
		"list from text":       {legal + "list: a", `f:3:1: list: expected a list, got the text "a"`},
		"object from list":     {legal + "inner: [a]", "f:3:1: inner: expected an object, got a list"},
		"integer from text":    {legal + `days: "7"`, `f:3:1: days: expected a whole number, got the text "7"`},
		"integer from float":   {legal + "days: 1.5", "f:3:1: days: expected a whole number, got the number 1.5"},
		"number from object":   {legal + "ratio: {a: 1}", "f:3:1: ratio: expected a number, got an object"},
		"one of several types": {legal + "either: [a]", "f:3:1: either: expected a number or a text or an object, got a list"},
		"item":                 {legal + "list: [a, true]", "f:3:11: list[1]: expected a text, got true; quote it"},
		"long text is clipped": {legal + "flag: " + strings.Repeat("a", 61), `f:3:1: flag: expected true or false, got the text "` + strings.Repeat("a", 60) + `…"`},
		"minimum":              {legal + "days: -1", "f:3:1: days: expected at least 0, got -1"},
		"fractional minimum":   {legal + "ratio: 0.25", "f:3:1: ratio: expected at least 0.5, got 0.25"},
		"maximum":              {legal + "ratio: 10.5", "f:3:1: ratio: expected at most 10, got 10.5"},
		"pattern":              {legal + "day: 31.1.2026", `f:3:1: day: expected a day such as 2026-01-31, got the text "31.1.2026"`},
		"another pattern":      {legal + "code: abc", `f:3:1: code: expected a text of the form ^[A-Z]+$, got the text "abc"`},
		"pattern, line after":  {legal + `day: "2026-01-31\n"`, `f:3:1: day: expected a day such as 2026-01-31, got the text "2026-01-31\n"`},
		"twice in a list":      {legal + "list: [a, b, a]", "f:3:14: list[2]: stands already at index 0"},
		"empty list":           {legal + "list: []", "f:3:1: list: expected a value, got nothing"},
		"empty text":           {"kind: saas\nname: \"\"", "f:2:1: name: expected a value, got nothing"},
		"too long":             {"kind: saas\nname: äöüß", "f:2:1: name: expected at most 3 characters, got 4"},
		"enumeration, near":    {"name: abc\nkind: shel", `f:2:1: kind: unknown value "shel", did you mean "shell"?`},
		"enumeration, far":     {"name: abc\nkind: browser", `f:2:1: kind: unknown value "browser", expected one of saas, shell, skill`},
		"enumeration, clipped": {"name: abc\nkind: " + strings.Repeat("b", 61), `f:2:1: kind: unknown value "` + strings.Repeat("b", 60) + `…", expected one of saas, shell, skill`},
		"sorted by place": {legal + "zzzzzzzz: 1\nflag: 1\ninner: {first: 1, second: 2}\nfalg:", "f:3:1: zzzzzzzz: unknown field, expected one of " + known + "\n" +
			"f:4:1: flag: expected true or false, got the number 1\n" +
			"f:5:9: inner.first: expected true or false, got the number 1\n" +
			"f:5:19: inner.second: expected true or false, got the number 2\n" +
			`f:6:1: falg: unknown field, did you mean "flag"?`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(t, c.in).Validate(schema).Sorted().Error(); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestValidateWithoutSentence: a keyword that Validate does not know is still
// reported at its place.
func TestValidateWithoutSentence(t *testing.T) {
	errs := read(t, "name: a\nkind: saas\nsize: 3").Validate(compile(t))
	if got, want := errs.Error(), "f:3:1: size: exclusiveMaximum: got 3, want 3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestNewSchemaRefuses, in a line, and without reading anything else.
func TestNewSchemaRefuses(t *testing.T) {
	const elsewhere = "s: expected a schema that is complete in itself, got a reference to "
	for name, c := range map[string]struct{ data, want string }{
		"no JSON":          {`{"type": `, "s: unexpected EOF"},
		"no schema":        {`{"type": "texts"}`, "s: type: no JSON Schema: value must be one of 'array', 'boolean', 'integer', 'null', 'number', 'object', 'string'"},
		"no schema, below": {`{"properties": {"a": {"pattern": "("}}}`, "s: properties.a.pattern: no JSON Schema: '(' is not valid regex: error parsing regexp: missing closing ): `(`"},
		"nowhere":          {`{"$ref": "#/definitions/a"}`, "s: "},
		"elsewhere":        {`{"$ref": "other.json"}`, elsewhere + "schema:///other.json"},
		"a file":           {`{"$ref": "file:///etc/passwd"}`, elsewhere + "file:///etc/passwd"},
		"its own schema":   {`{"$schema": "http://localhost/schema"}`, elsewhere + "http://localhost/schema"},
	} {
		if _, err := NewSchema("s", []byte(c.data)); err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s\ngot  %v\nwant %s", name, err, c.want)
		}
	}
}

func compile(t *testing.T) *Schema {
	t.Helper()
	s, err := NewSchema("test.jsonschema", []byte(testSchema))
	if err != nil {
		t.Fatal(err)
	}
	return s
}
