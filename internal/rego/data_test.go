package rego

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/audition-dev/audition/internal/rego/parse"
)

const (
	limits       = "max_autonomy: 0.6\nnames: [ann, bob]\neu: {max_autonomy: 0.25}\n"
	limitsSchema = `{
	"type": "object", "additionalProperties": false, "required": ["max_autonomy"],
	"properties": {
		"max_autonomy": {"$ref": "#/definitions/share"},
		"names": {"type": "array", "items": {"type": "string"}},
		"eu": {"type": "object", "properties": {"max_autonomy": {"$ref": "#/definitions/share"}}}
	},
	"definitions": {"share": {"type": "number", "minimum": 0, "maximum": 1}}
}`
	overLimit = `findings contains {"facts": [], "term": sprintf("%v", [data.org.acme.limits.max_autonomy])} if data.org.acme.limits.eu.max_autonomy < 0.3`
)

// withData is a source with a rule that reads data, and further files.
func withData(files ...string) Source {
	return source(append([]string{"gate.rego", silent, "rule.rego", module("org.acme.rule", overLimit)}, files...)...)
}

// oneFile is a source of a file of a source.
func oneFile(name string, s Source) Source {
	return Source{Name: s.Name + "/" + name, FS: s.FS, File: name}
}

// TestData: rules, gates and the examples of rules read the same data, wherever
// the documents stand.
func TestData(t *testing.T) {
	const gate = "package org.acme.gate\n\nreview contains sprintf(\"%v\", [data.org.acme.limits.max_autonomy])\n\n" + `reject contains "no" if false`
	code := []string{"rule.rego", module("org.acme.rule", overLimit), "gate.rego", gate,
		"rule_test.rego", "package org.acme.rule_test\n\nbad := data.org.acme.limits.names"}
	nested := "org: {acme: {limits: {max_autonomy: 0.6, names: [ann, bob], eu: {max_autonomy: 0.25}}}}"
	for name, sources := range map[string][]Source{
		"beside":      {source(append(code, "org/acme/limits/data.yaml", limits, "org/acme/limits/data.jsonschema", limitsSchema)...)},
		"yml":         {source(append(code, "org/acme/limits/data.yml", limits)...)},
		"JSON":        {source(append(code, "org/acme/limits/data.json", `{"max_autonomy": 0.6, "names": ["ann", "bob"], "eu": {"max_autonomy": 0.25}}`)...)},
		"at the root": {source(append(code, "data.yaml", nested)...)},
		"two folders": {source(append(code, "org/acme/limits/data.yaml", "max_autonomy: 0.6\nnames: [ann, bob]", "org/acme/limits/eu/data.yaml", "max_autonomy: 0.25")...)},
		"two sources": {source(append(code, "org/acme/limits/data.yaml", "max_autonomy: 0.6")...),
			named("other", source("org/acme/data.json", `{"limits": {"names": ["ann", "bob"], "eu": {"max_autonomy": 0.25}}}`))},
		"a file":                 {source(code...), oneFile("limits.yaml", source("limits.yaml", nested))},
		"a file with its schema": {source(code...), oneFile("limits.yaml", source("limits.yaml", nested, "limits.jsonschema", `{"type": "object", "required": ["org"]}`))},
	} {
		t.Run(name, func(t *testing.T) {
			e, p := load(t, sources...), agent(t, "")
			if got := findings(t, e, p); len(got) != 1 || got[0].Term != "0.6" {
				t.Errorf("findings %+v", got)
			}
			reasons, err := e.Gate(context.Background(), subject(t, p), given(0, 0))
			if err != nil || len(reasons) != 1 || reasons[0].Message != "0.6" {
				t.Errorf("reasons %+v, %v", reasons, err)
			}
			bad, _, err := e.Examples(context.Background(), "org.acme/rule")
			if err != nil || fmt.Sprint(bad) != "[ann bob]" {
				t.Errorf("example %v, %v", bad, err)
			}
		})
	}
}

// TestDataIsExact: a number is what was written, and nothing is left out.
func TestDataIsExact(t *testing.T) {
	const body = `findings contains {"facts": [], "term": json.marshal(data.org.acme.x)}`
	for in, want := range map[string]string{
		`{"n": 123456789012345678, "d": 0.1, "x-own": true, "o": {}, "l": []}`: `{"d":0.1,"l":[],"n":123456789012345678,"o":{},"x-own":true}`,
		`{"n": 0.12345678901234567}`: `{"n":0.12345678901234567}`,
		`{"n": 1.50}`:                `{"n":1.50}`,
	} {
		e := load(t, source("gate.rego", silent, "rule.rego", module("org.acme.rule", body), "org/acme/x/data.json", in))
		if got := findings(t, e, agent(t, "")); len(got) != 1 || got[0].Term != want {
			t.Errorf("got %+v, want %s", got, want)
		}
	}
}

func TestDataRefused(t *testing.T) {
	const at, beside = "org/acme/limits/data.yaml", "org/acme/limits/data.jsonschema"
	const elsewhere = "expected a reference within the schema such as #/definitions/limit, got "
	for name, c := range map[string]struct {
		files []string
		want  string
	}{
		"syntax":             {[]string{at, "a: ["}, "acme/" + at + ":1:1: not YAML or JSON: did not find expected node content"},
		"a list":             {[]string{at, "[1]"}, "acme/" + at + ":1:1: expected an object, got a list"},
		"null":               {[]string{at, "a: 1\nb:"}, "acme/" + at + ":2:1: b: expected a value, got null"},
		"null below x-":      {[]string{at, "x-a: {b: ~}"}, "acme/" + at + ":1:7: x-a.b: expected a value, got null"},
		"twice":              {[]string{at, "a: 1\na: 2"}, "acme/" + at + ":2:1: a: this key stands already in line 1"},
		"two documents":      {[]string{at, "a: 1\n---\na: 2"}, "acme/" + at + ":3:1: expected one document, got 2"},
		"YAML as JSON":       {[]string{"org/acme/data.json", "a: {b: 1}"}, "acme/org/acme/data.json:1:1: OPA does not read it: invalid character 'a' looking for beginning of value"},
		"read otherwise":     {[]string{at, "a: 0.12345678901234567"}, "acme/" + at + ":1:1: OPA reads it otherwise; write it as JSON"},
		"foreign":            {[]string{"maestro/data.yaml", "a: 1"}, "acme/maestro/data.yaml:1:1: data.maestro: expected data below org.<name>"},
		"foreign at root":    {[]string{"data.yaml", "org: {acme: {a: 1}}\nmaestro: {a: 1}"}, "acme/data.yaml:2:1: data.maestro: expected data below org.<name>"},
		"org itself":         {[]string{"data.yaml", "org: 1"}, "acme/data.yaml:1:1: data.org: expected data below org.<name>"},
		"an organisation":    {[]string{"org/data.yaml", "acme: 1"}, "acme/org/data.yaml:1:1: data.org.acme: expected data below org.<name>"},
		"schema alone":       {[]string{beside, "{}"}, "acme/" + beside + ": a schema without data, expected one of data.json, data.yaml, data.yml beside it"},
		"schema, wrong type": {[]string{at, "max_autonomy: high", beside, limitsSchema}, "acme/" + at + `:1:1: max_autonomy: expected a number, got the text "high"`},
		"schema, misspelt": {[]string{at, "max_autonomy: 1\nnmes: []\neu: {max_autonomy: 2}", beside, limitsSchema},
			"acme/" + at + ":2:1: nmes: unknown field, did you mean \"names\"?\nacme/" + at + ":3:6: eu.max_autonomy: expected at most 1, got 2"},
		"schema, no JSON":     {[]string{at, limits, beside, "{"}, "acme/" + beside + ": expected a JSON Schema: unexpected end of JSON input"},
		"schema, no schema":   {[]string{at, limits, beside, `{"type": "texts"}`}, "acme/" + beside + ": type: no JSON Schema: value must be one of 'array', 'boolean', 'integer', 'null', 'number', 'object', 'string'"},
		"schema of a file":    {[]string{at, limits, beside, `{"properties": {"eu": {"$ref": "file:///etc/passwd"}}}`}, "acme/" + beside + `: properties.eu.$ref: ` + elsewhere + `"file:///etc/passwd"`},
		"schema of a web":     {[]string{at, limits, beside, `{"definitions": {"a": {"$ref": "http://localhost/x"}}}`}, "acme/" + beside + `: definitions.a.$ref: ` + elsewhere + `"http://localhost/x"`},
		"schema with a base":  {[]string{at, limits, beside, `{"definitions": {"a": {"$id": "file:///etc/passwd"}}}`}, "acme/" + beside + ": definitions.a.$id: expected no base of references but that of the whole schema"},
		"schema's own schema": {[]string{at, limits, beside, `{"$schema": "file:///etc/passwd"}`}, "acme/" + beside + ": expected a schema that is complete in itself, got a reference to file:///etc/passwd"},
		"schema for OPA":      {[]string{at, limits, beside, `{"definitions": {"a": {"$ref": "#/nope"}}}`}, "acme/" + beside + ": OPA cannot check Rego with it: unable to compile the schema: Object has no key 'nope'"},
		"schema too long":     {[]string{at, limits, beside, strings.Repeat(" ", parse.MaxFileBytes) + "{}"}, "acme/" + beside + ": expected at most 1048576 bytes, got 1048578"},
		"a rule beside":       {[]string{at, limits, "limits.rego", "package org.acme.limits\n\nnames := 1"}, "acme/limits.rego:3:1: conflicting rule for data path org/acme/limits/names found"},
		"same leaf":           {[]string{at, limits, "org/acme/limits/data.json", `{"b": 1, "names": []}`}, "acme/" + at + ":2:1: data.org.acme.limits.names: stands already in acme/org/acme/limits/data.json:1:10"},
		"leaf and object":     {[]string{at, limits, "org/acme/data.json", `{"limits": {"eu": 1}}`}, "acme/" + at + ":3:1: data.org.acme.limits.eu: stands already in acme/org/acme/data.json:1:13"},
		"object and leaf":     {[]string{at, "eu: 1", "org/acme/data.json", `{"limits": {"eu": {"a": 1}}}`}, "acme/" + at + ":1:1: data.org.acme.limits.eu: stands already in acme/org/acme/data.json:1:13"},
	} {
		if got := refused(t, withData(c.files...)); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}

// TestDataOfTwoSources: the error names both.
func TestDataOfTwoSources(t *testing.T) {
	one := withData("org/acme/limits/data.yaml", limits, "org/acme/limits/data.jsonschema", limitsSchema)
	two := named("two", source("org/acme/limits/data.yaml", "names: []"))
	if got, want := refused(t, one, two), "two/org/acme/limits/data.yaml:1:1: data.org.acme.limits.names: stands already in acme/org/acme/limits/data.yaml:2:1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	file := named("two", source("limits.yaml", "org: {acme: {limits: {names: []}}}"))
	if got, want := refused(t, one, oneFile("limits.yaml", file)), "two/limits.yaml:1:23: data.org.acme.limits.names: stands already in acme/org/acme/limits/data.yaml:2:1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	schema := named("two", source("org/acme/limits/data.yaml", "more: 1", "org/acme/limits/data.jsonschema", "{}"))
	if got, want := refused(t, one, schema), "two/org/acme/limits/data.jsonschema: data.org.acme.limits has a schema already in acme/org/acme/limits/data.jsonschema"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestDataTypeChecked: where a schema stands beside data, what Rego reads of the
// data is checked, in rules, gates and helpers, of every source.
func TestDataTypeChecked(t *testing.T) {
	data := source("org/acme/limits/data.yaml", limits, "org/acme/limits/data.jsonschema", limitsSchema)
	nested := "org: {acme: {limits: {max_autonomy: 0.6, names: [ann, bob], eu: {max_autonomy: 0.25}}}}"
	schema := `{"$id": "https://acme.example/limits", "properties": {"org": {"properties": {"acme": {"properties": {"limits": {"$ref": "#/definitions/limits"}}}}}}, "definitions": {"limits": ` +
		strings.ReplaceAll(limitsSchema, "#/definitions/share", "#/definitions/limits/definitions/share") + `}}`
	file := oneFile("limits.yaml", source("limits.yaml", nested, "limits.jsonschema", schema))
	const misspelt = `have: "max_autonmy" want (one of): ["eu" "max_autonomy" "names"]`
	for name, c := range map[string]struct{ text, want string }{
		"rule":        {module("org.acme.other", "findings contains {} if data.org.acme.limits.max_autonmy > 1"), "11:25: undefined ref: data.org.acme.limits.max_autonmy " + misspelt},
		"imported":    {module("org.acme.other", "import data.org.acme.limits\n\nfindings contains {} if limits.max_autonmy > 1"), "13:25: undefined ref: data.org.acme.limits.max_autonmy " + misspelt},
		"deep":        {module("org.acme.other", "findings contains {} if data.org.acme.limits.eu.max > 1"), `11:25: undefined ref: data.org.acme.limits.eu.max have: "max" want (one of): ["max_autonomy"]`},
		"type":        {module("org.acme.other", "findings contains {} if contains(data.org.acme.limits.max_autonomy, \"x\")"), "11:25: contains: invalid argument(s) have: (number, string) want: (haystack: string, needle: string, result: boolean)"},
		"own schemas": {module("org.acme.other", "findings contains {} if data.org.acme.limits.max_autonmy > 1", "schemas: [{input: schema.gate}]"), "12:25: undefined ref: data.org.acme.limits.max_autonmy " + misspelt},
		"gate":        {"package org.other.gate\n\nreject contains \"no\" if data.org.acme.limits.max_autonmy > 1", "3:25: undefined ref: data.org.acme.limits.max_autonmy " + misspelt},
		"helper":      {"package org.acme.lib\n\nf(x) if data.org.acme.limits.max_autonmy > x", "3:9: undefined ref: data.org.acme.limits.max_autonmy " + misspelt},
		"after rules": {"package org.acme.lib\n\nx := data.org.acme.known.y\n\nz := data.org.acme.limits.max_autonmy", "5:6: undefined ref: data.org.acme.limits.max_autonmy " + misspelt},
	} {
		code := source("known.rego", "package org.acme.known\n\ny := 1", "gate.rego", silent, "rule.rego", module("org.acme.rule", overLimit), "test.rego", c.text)
		for kind, s := range map[string]Source{"folder": data, "file": file} {
			if got := refused(t, code, s); got != "acme/test.rego:"+c.want {
				t.Errorf("%s, %s\ngot  %s\nwant acme/test.rego:%s", name, kind, got, c.want)
			}
		}
	}
}

// TestDataBesideRules: the schema of data does not hide the rules in and beside
// the data.
func TestDataBesideRules(t *testing.T) {
	schema := `{"properties": {"limits": ` + strings.ReplaceAll(limitsSchema, "#/", "#/properties/limits/") + `, "more": {"type": "string"}}}`
	files := []string{
		"gate.rego", silent,
		"limits.rego", "package org.acme.limits\n\nlow if data.org.acme.limits.max_autonomy < 1\n\nf(x) := x + 1",
		"rule.rego", module("org.acme.rule", `findings contains {"facts": [], "term": data.org.acme.more} if {
	data.org.acme.limits.low
	data.org.acme.limits.f(1) == 2
	data.org.acme.limits.max_autonomy > 0
}`),
		"org/acme/data.yaml", "limits: {max_autonomy: 0.5}\nmore: text", "org/acme/data.jsonschema", schema,
	}
	if got := findings(t, load(t, source(files...)), agent(t, "")); len(got) != 1 || got[0].Term != "text" {
		t.Errorf("got %+v", got)
	}
	got := refused(t, source(append(files, "other.rego", "package org.acme.other\n\nx := data.org.acme.limits.max_autonomy.y\n\nz := data.org.acme.more.y")...))
	if want := "acme/other.rego:3:6: undefined ref: data.org.acme.limits.max_autonomy.y have: number\nacme/other.rego:5:6: undefined ref: data.org.acme.more.y have: string"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// TestSchemasOfParts: the schema of a folder within data refines that of the
// whole, in whatever order they are read.
func TestSchemasOfParts(t *testing.T) {
	whole := []string{"org/acme/limits/data.yaml", "max_autonomy: 0.6", "org/acme/limits/data.jsonschema", limitsSchema}
	part := []string{"org/acme/limits/asia/data.yaml", "max_autonomy: 0.25", "org/acme/limits/asia/data.jsonschema", `{"properties": {"max_autonomy": {"type": "number"}}}`}
	rule := source("gate.rego", silent, "rule.rego", module("org.acme.rule", "findings contains {\"facts\": []} if data.org.acme.limits.asia.max_autonomy < data.org.acme.limits.max_autonomy"))
	for _, sources := range [][]Source{{rule, source(whole...), source(part...)}, {rule, source(part...), source(whole...)}} {
		if got := findings(t, load(t, sources...), agent(t, "")); len(got) != 1 {
			t.Errorf("got %+v", got)
		}
		bad := source("bad.rego", "package org.acme.bad\n\nx := data.org.acme.limits.asia.max")
		if got := refused(t, append(slices.Clip(sources), bad)...); !strings.HasPrefix(got, "acme/bad.rego:3:6: undefined ref: data.org.acme.limits.asia.max") {
			t.Errorf("got %s", got)
		}
	}
}

// TestDigestOfData: the digest is of data and schemas too, but not of what does
// not count.
func TestDigestOfData(t *testing.T) {
	digest := func(files ...string) string {
		return load(t, withData(files...)).Sources()[0].Digest
	}
	const at, beside = "org/acme/limits/data.yaml", "org/acme/limits/data.jsonschema"
	base := digest(at, limits, beside, limitsSchema)
	for name, c := range map[string]struct {
		files []string
		same  bool
	}{
		"other files":     {[]string{at, limits, beside, limitsSchema, "org/acme/limits/other.yaml", "a: [", "other.jsonschema", "{"}, true},
		"a comment":       {[]string{at, limits + "# comment", beside, limitsSchema}, false},
		"another value":   {[]string{at, limits + "names: [ann]", beside, limitsSchema}, false},
		"another schema":  {[]string{at, limits, beside, limitsSchema + " "}, false},
		"no schema":       {[]string{at, limits}, false},
		"another path":    {[]string{"org/acme/limits/data.yml", limits, beside, limitsSchema}, false},
		"one more folder": {[]string{at, limits, beside, limitsSchema, "org/acme/x/data.yaml", "a: 1"}, false},
	} {
		if name == "another value" {
			c.files[1] = strings.Replace(limits, "ann", "eve", 1)
		}
		if got := digest(c.files...); (got == base) != c.same {
			t.Errorf("%s: the digest stays: %v, want %v", name, got == base, c.same)
		}
	}
}

// TestOneFile: of a folder one file counts, under its own name.
func TestOneFile(t *testing.T) {
	folder := source("rule.rego", module("org.acme.rule", fires), "rule_test.rego", "package org.acme.rule_test\n\nbad := 1",
		"other.rego", "package broken", "data.yaml", "broken: [")
	e := load(t, oneFile("rule.rego", folder), source("gate.rego", silent))
	if got := e.Sources()[0]; got.Source != "acme/rule.rego" || len(e.Rules()) != 1 || e.Rules()[0].File != "acme/rule.rego" {
		t.Errorf("got %+v", got)
	}
	if bad, _, err := e.Examples(context.Background(), "org.acme/rule"); err != nil || fmt.Sprint(bad) != "1" {
		t.Errorf("the test beside it: %v, %v", bad, err)
	}
	missing := Source{Name: "acme/no.rego", FS: fstest.MapFS{}, File: "no.rego"}
	if got := refused(t, missing); got != "acme/no.rego: open no.rego: file does not exist" {
		t.Errorf("got %s", got)
	}
}
