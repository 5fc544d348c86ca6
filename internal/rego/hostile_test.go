package rego

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/rego/topdown"
)

// TestHostileRules asks for the host, does what breaks OPA, or reports more than
// anybody reads. Each is one error of one line that names its file.
func TestHostileRules(t *testing.T) {
	const at = "acme/rule.rego:11:25: "
	many := func(n int, of string) string {
		return "[x | some i in numbers.range(1, " + fmt.Sprint(n) + "); x := " + of + "]"
	}
	for name, c := range map[string]struct{ body, want string }{
		"network":       {`findings contains {} if http.send({"method": "get", "url": "http://localhost"})`, at + "undefined function http.send"},
		"mocked":        {`findings contains {} if count(input) > 0 with http.send as input`, "acme/rule.rego:11:47: with keyword target must reference existing input, data, or a function"},
		"name service":  {`findings contains {} if net.lookup_ip_addr("localhost")`, at + "undefined function net.lookup_ip_addr"},
		"environment":   {`findings contains {} if opa.runtime().env.HOME`, at + "undefined function opa.runtime"},
		"keys":          {`findings contains {} if io.jwt.decode_verify(input.model.name, {})`, at + "undefined function io.jwt.decode_verify"},
		"source text":   {`findings contains {} if rego.parse_module("a", "package a")`, at + "undefined function rego.parse_module"},
		"trace":         {`findings contains {} if trace("words")`, at + "undefined function trace"},
		"schema":        {`findings contains {} if json.match_schema({}, {"$ref": "file:///etc/passwd"})`, at + "undefined function json.match_schema"},
		"everything":    {`findings contains {} if data`, "acme/rule.rego:11:1: rule data.org.test.rule.findings is recursive: data.org.test.rule.findings -> data.org.test.rule.findings"},
		"huge number":   {`findings contains {} if 1e999999999 > 1`, at + "number too big findings contains {} if 1e999999999 > 1 ^"},
		"deep":          {"findings contains {} if " + strings.Repeat("[", 200_000), "acme/rule.rego:11:50021: max parsing recursion depth exceeded findings contains {} if [[["},
		"panic":         {`findings contains {} if bits.lsh(1, 9223372036854775807) > 1`, "evaluation: not done: panic: runtime error: makeslice: len out of range"},
		"forged line":   {`findings contains {} if yaml.unmarshal("&a\nforged/file:1: \u001b[31m")`, at + "yaml.unmarshal: yaml: control characters are not allowed"},
		"forged number": {`findings contains {} if time.parse_rfc3339_ns("\nforged/file:1: \u009b31m")`, at + `time.parse_rfc3339_ns: parsing time "\x0aforged/file:1: \xc2\x9b31m" as "2006-01-02T15:04:05Z07:00": cannot parse`},
		"forged key":    {`findings contains {"\nforged/file:1: \u001b[31m": 1}`, `acme/rule.rego:1: org.test/rule: finding: unknown key "\nforged/file:1: \x1b[31m", expected one of`},
		"endless key":   {`findings contains {concat("", ` + many(100_000, `"key"`) + `): 1}`, `acme/rule.rego:1: org.test/rule: finding: unknown key "keykeykey`},
		"findings":      {`findings contains {"term": sprintf("%d", [i])} if some i in numbers.range(1, 1001)`, "acme/rule.rego:1: org.test/rule: expected at most 1000 findings, got 1001"},
		"facts":         {`findings contains {"facts": ` + many(1001, `["model", "name"]`) + `}`, `acme/rule.rego:1: org.test/rule: finding: "facts": expected at most 1000 items, got 1001`},
		"controls":      {`findings contains {"controls": ` + many(1001, `["model", "name"]`) + `}`, `acme/rule.rego:1: org.test/rule: finding: "controls": expected at most 1000 items, got 1001`},
		"path":          {`findings contains {"facts": [` + many(1001, `"model"`) + `]}`, `acme/rule.rego:1: org.test/rule: finding: "facts": expected at most 1000 items, got 1001`},
		"args":          {`findings contains {"args": ` + many(1001, `"a"`) + `}`, `acme/rule.rego:1: org.test/rule: finding: "args": expected at most 1000 items, got 1001`},
		"term":          {`findings contains {"term": concat("", ` + many(2001, `"a"`) + `)}`, `acme/rule.rego:1: org.test/rule: finding: "term": expected at most 2000 bytes, got 2001`},
		"arg":           {`findings contains {"args": [concat("", ` + many(2001, `"a"`) + `)]}`, `acme/rule.rego:1: org.test/rule: finding: "args": expected at most 2000 bytes, got 2001`},
		"endless value": {twice + `findings contains {"term": x60}`, `acme/rule.rego:1: org.test/rule: finding: "term": expected a text, got a large array`},
		"endless path":  {twice + `findings contains {"facts": [[x60]]}`, `acme/rule.rego:1: org.test/rule: finding: "facts": expected texts and numbers in a path, got a large array`},
	} {
		e, err := Load(context.Background(), framework(t), Builtin(), source("rule.rego", module("org.test.rule", c.body)))
		if err == nil {
			_, err = judge(t, e, agent(t, ""))
		}
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s\ngot  %v\nwant %s", name, err, c.want)
			continue
		}
		if got := err.Error(); strings.ContainsAny(got, "\n\x1b\u009b") || len(got) > maxText+len("…") {
			t.Errorf("%s: not a line of bounded length: %q", name, got)
		}
	}
}

// twice defines x60, which is a list of the same list twice, 60 times: 60 values
// in memory, and more than anybody can write down.
var twice = func() string {
	var b strings.Builder
	b.WriteString("x0 := [1, 1]\n\n")
	for i := range 60 {
		fmt.Fprintf(&b, "x%d := [x%d, x%d]\n\n", i+1, i, i)
	}
	return b.String()
}()

// TestHarmlessRules ask for the host as well, and it is not there.
func TestHarmlessRules(t *testing.T) {
	for body, fires := range map[string]bool{
		"import data.system\n\nfindings contains {} if system":                        false,
		`findings contains {} if data.system.environment`:                             false,
		`findings contains {} if some x in data.env`:                                  false,
		`findings contains {} if input.model.name with input as {"model": data.host}`: false,
		`findings contains {} if print("words")`:                                      true,
		`findings contains {} if internal.print([{"words"}])`:                         true,
	} {
		if found := findings(t, rule(t, body), agent(t, "")); len(found) > 0 != fires {
			t.Errorf("%s: got %+v", body, found)
		}
	}
}

// TestSchemasReachNobody: what a schema in metadata names is not fetched.
func TestSchemasReachNobody(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	for _, key := range []string{"$ref", "$schema", "$id", "id"} {
		_, err := Load(context.Background(), framework(t), Builtin(), source("rule.rego",
			module("org.test.rule", `findings contains {} if input.model`, `schemas: [{input: {"`+key+`": "`+server.URL+`/x", type: object}}]`)))
		if asked || key == "$ref" && err == nil {
			t.Errorf("%s: asked %t, %v", key, asked, err)
		}
	}
}

// TestHostileGates: their reasons are bounded as findings are.
func TestHostileGates(t *testing.T) {
	const some = "if some i in numbers.range(1, 501)"
	for name, c := range map[string]struct{ body, want string }{
		"reasons":       {"reject contains sprintf(\"%d\", [i]) " + some + "\n\nreview contains sprintf(\"%d\", [i]) " + some, "org.test.gate: review: expected at most 1000 reasons of all gates"},
		"term":          {`reject contains {"message": "no", "term": sprintf("%2001d", [1])}`, "org.test.gate: reject: expected at most 2000 bytes, got 2001"},
		"rule":          {`reject contains {"message": "no", "rule": sprintf("%2001d", [1])}`, "org.test.gate: reject: expected at most 2000 bytes, got 2001"},
		"endless value": {twice + "reject contains x60", "org.test.gate: reject: expected a text or an object with message, got a large array"},
		"panic":         {`reject contains "no" if bits.lsh(1, 9223372036854775807) > 1`, "evaluation: not done: panic: runtime error: makeslice: len out of range"},
	} {
		got, err := gates(t, gatePackage+c.body).Gate(context.Background(), subject(t, agent(t, "")), Judged{})
		if err == nil || err.Error() != c.want || got != nil {
			t.Errorf("%s\ngot  %v, %v\nwant %s", name, got, err, c.want)
		}
	}
	for _, body := range []string{`sprintf("%3000d", [1])`, `{"message": sprintf("%3000d", [1])}`} {
		got, err := gates(t, gatePackage+"reject contains "+body).Gate(context.Background(), subject(t, agent(t, "")), Judged{})
		if err != nil || len(got) != 1 || len(got[0].Message) != maxText+len("…") {
			t.Errorf("%s: got %d reasons, %v", body, len(got), err)
		}
	}
}

// TestFindingsOfAllRules are bounded together.
func TestFindingsOfAllRules(t *testing.T) {
	files := []string{"gate.rego", silent}
	for i := range 11 {
		pkg := fmt.Sprintf("org.test.rule%d", i)
		files = append(files, pkg+".rego", module(pkg, `findings contains {"term": sprintf("%d", [i])} if some i in numbers.range(1, 1000)`))
	}
	_, err := judge(t, load(t, source(files...)), agent(t, ""))
	if want := "evaluation: expected at most 10000 findings of all rules"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestHostileSources(t *testing.T) {
	var files, errors []string
	for i := range parse.MaxSourceFiles + 1 {
		files = append(files, fmt.Sprintf("%d.rego", i), "package org.test")
	}
	for i := range document.MaxErrors + 2 {
		errors = append(errors, fmt.Sprintf("%03d.rego", i), "package org.test.x\n\nx if {")
	}
	big := []string{}
	for i := range parse.MaxSourceBytes/parse.MaxFileBytes + 1 {
		big = append(big, fmt.Sprintf("%d.rego", i), "package org.test.x #"+strings.Repeat(" ", parse.MaxFileBytes-100))
	}
	const want = "acme: expected at most 10000 files and 16777216 bytes of Rego and data"
	for name, s := range map[string]Source{"files": source(files...), "bytes": source(big...)} {
		if got := refused(t, s); got != want {
			t.Errorf("%s: got %s", name, got)
		}
	}
	lines := strings.Split(refused(t, source(errors...)), "\n")
	if len(lines) != document.MaxErrors+1 || lines[document.MaxErrors] != "and 2 more errors" {
		t.Errorf("%d errors, the last %q", len(lines), lines[len(lines)-1])
	}
	got := refused(t, source("a\nforged:1: \x1b[31m.rego", "x"))
	if want := `acme/a\nforged:1: \x1b[31m.rego:1:1: package expected`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// slow is a file system whose files are never read.
type slow struct {
	fs.FS
	until chan struct{}
}

func (s slow) Open(name string) (fs.File, error) {
	<-s.until
	return s.FS.Open(name)
}

// TestLateIsStopped: whatever is untrusted and does not look at the clock is left
// behind at its time limit.
func TestLateIsStopped(t *testing.T) {
	until := make(chan struct{})
	defer close(until)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	e, err := Load(ctx, framework(t), Builtin(), Source{Name: "acme", FS: slow{fstest.MapFS{}, until}})
	if want := "policy: not compiled within the time limit: context deadline exceeded"; e != nil || err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	_, err = topdown.Within(ctx, "evaluation: not done", true, func() (int, error) { <-until; return 1, nil })
	if want := "evaluation: not done within the time limit: context deadline exceeded"; err == nil || err.Error() != want || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestTrustedSources stay in the goroutine of their caller.
func TestTrustedSources(t *testing.T) {
	acme, trusted := source("rule.rego", module("org.test.rule", fires)), source("rule.rego", module("org.test.rule", fires))
	trusted.Trusted = true
	for want, sources := range map[bool][]Source{true: {Builtin(), acme}, false: {Builtin(), trusted}} {
		if e := load(t, sources...); e.evaluator.(*Policy).compiled.Untrusted != want {
			t.Errorf("untrusted: %t", e.evaluator.(*Policy).compiled.Untrusted)
		}
	}
}
