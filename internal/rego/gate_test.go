package rego

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/policies"
)

const gatePackage = "package org.test.gate\n\n"

// gates compiles gates beside a rule, which every set needs.
func gates(t testing.TB, texts ...string) *Engine {
	t.Helper()
	files := []string{"rule.rego", module("org.test.rule", fires)}
	for i, text := range texts {
		files = append(files, string(rune('a'+i))+".rego", text)
	}
	return load(t, source(files...))
}

func TestReasons(t *testing.T) {
	e := gates(t, gatePackage+`
reject contains "a text"
reject contains {"message": "an object"}
review contains {"message": "about a finding", "rule": f.rule, "term": f.term} if some f in input.findings
review contains "high" if input.score.high >= 9
review contains "derived" if input.derived.browses
review contains "profile" if input.profile.model.name == "m"
review contains input.config.thresholds.reject.confirmed
`)
	in := given(1, 9.1)
	in.Findings = []JudgedFinding{{Rule: "XL/a", Term: "shell"}}
	got, err := e.Gate(context.Background(), subject(t, agent(t, "model: {name: m}\ntools: [{id: a, kind: browser}]")), in)
	if err != nil {
		t.Fatal(err)
	}
	const gate = "org.test.gate"
	want := []Reason{
		{Decision: "reject", Gate: gate, Message: "a text"},
		{Decision: "reject", Gate: gate, Message: "an object"},
		{Decision: "review", Gate: gate, Message: "critical"},
		{Decision: "review", Gate: gate, Message: "derived"},
		{Decision: "review", Gate: gate, Message: "high"},
		{Decision: "review", Gate: gate, Message: "profile"},
		{Decision: "review", Gate: gate, Message: "about a finding", Rule: "XL/a", Term: "shell"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

// TestEveryGateDecides, in the order of the files in which gates begin.
func TestEveryGateDecides(t *testing.T) {
	e := gates(t,
		"package org.one.gate\n\nreject contains \"one\"",
		"package org.two.eu.gate\n\nreview contains data.org.two.eu.words.two",
		silent,
		"package org.two.eu.words\n\ntwo := \"two\"",
		// The first gate in a second file.
		"package org.one.gate\n\nreject contains \"one more\"\n\nreview contains \"and more\"",
	)
	got, err := e.Gate(context.Background(), subject(t, agent(t, "")), Judged{})
	want := []Reason{
		{Decision: "reject", Gate: "org.one.gate", Message: "one"},
		{Decision: "reject", Gate: "org.one.gate", Message: "one more"},
		{Decision: "review", Gate: "org.one.gate", Message: "and more"},
		{Decision: "review", Gate: "org.two.eu.gate", Message: "two"},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

// TestGatesAreRecognised: what is no gate by its name or by what it defines is
// refused, because nobody would hear its decision.
func TestGatesAreRecognised(t *testing.T) {
	const nothing = " decides nothing, expected reject contains … or review contains …"
	misplaced := func(pkg string) string {
		return "package " + pkg + ": expected reject and review in a package that ends in .gate"
	}
	const both, reject = "a gate reports no findings; put them into a package of their own", "expected reject contains …"
	for _, c := range []struct{ pkg, body, want string }{
		{"org.test.one", `reject contains "no"`, misplaced("org.test.one")},
		{"org.test.one", `review contains "no"`, misplaced("org.test.one")},
		{"org.test.gates", `reject contains "no" if false`, misplaced("org.test.gates")},
		{"org.test.tollgate", `reject contains "no"`, misplaced("org.test.tollgate")},
		{"org.gate.test", `reject contains "no"`, misplaced("org.gate.test")},
		{"org.test.one", fires + "\n\nreject contains \"no\"", misplaced("org.test.one")},
		{"org.test.gate", fires + "\n\nreject contains \"no\"", both},
		{"org.none.gate", fires, both},
		{"org.test.gate", `x := 1`, nothing},
		{"org.test.gate", `approve contains "yes"`, nothing},
		{"org.test.gate", `rejects contains "no"`, nothing},
		{"org.test.gate", `reject := {"no"}`, reject},
		{"org.test.gate", `reject := "no"`, reject},
		{"org.test.gate", `reject if true`, reject},
		{"org.test.gate", `reject["no"] := true`, reject},
		{"org.test.gate", `reject.a contains "no"`, reject},
		{"org.test.gate", `reject(x) := {x}`, reject},
		{"org.test.gate", `review := {"message": "no"}`, "expected review contains …"},
	} {
		// A sound gate beside it does not help.
		got := refused(t, source("rule.rego", module("org.test.rule", fires), "sound.rego", silent, "test.rego", "package "+c.pkg+"\n\n"+c.body))
		if !strings.HasPrefix(got, "acme/test.rego:") || !strings.HasSuffix(got, c.want) || strings.Contains(got, "\n") {
			t.Errorf("package %s, %s\ngot  %s\nwant %s", c.pkg, c.body, got, c.want)
		}
	}
}

// TestHalfAGate: a decision that is heard does not hide one that is not.
func TestHalfAGate(t *testing.T) {
	for _, body := range []string{`reject := {"no"}`, `reject if true`, `reject["no"] := true`, `reject.a contains "no"`} {
		text := gatePackage + body + "\n\nreview contains \"never\" if false"
		if got := refused(t, source("rule.rego", module("org.test.rule", fires), "gate.rego", text)); !strings.HasPrefix(got, "acme/gate.rego:") {
			t.Errorf("%s: got %s", body, got)
		}
	}
}

func TestLoadNeedsAGate(t *testing.T) {
	for name, files := range map[string][]string{
		"a rule":     nil,
		"a helper":   {"lib.rego", "package org.test.lib\n\nx := 1"},
		"a test":     {"gate_test.rego", silent},
		"no Rego":    {"gate.txt", silent},
		"a function": {"lib.rego", "package org.test.lib\n\nreject(x) := x"},
	} {
		got := refused(t, source(append(files, "rule.rego", module("org.test.rule", fires))...))
		if got != "no gate in any policy, expected at least one package with reject or review" {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestNoGateNoReason(t *testing.T) {
	if got, err := gates(t).Gate(context.Background(), subject(t, agent(t, "")), Judged{}); err != nil || len(got) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestMalformedReasons(t *testing.T) {
	for body, want := range map[string]string{
		`reject contains 1`:                                       "org.test.gate: reject: expected a text or an object with message, got 1",
		`review contains ["no"]`:                                  `org.test.gate: review: expected a text or an object with message, got ["no"]`,
		`reject contains {"mesage": "no"}`:                        `org.test.gate: reject: reason: unknown key "mesage", expected message, rule, term, about`,
		`reject contains {"message": "no", "facts": []}`:          `org.test.gate: reject: reason: unknown key "facts", expected message, rule, term, about`,
		`reject contains {"message": "no", "about": "weather"}`:   `org.test.gate: reject: reason: about: unknown value "weather", expected one of score, score_high, score_unmitigated`,
		`reject contains {"rule": "XL/a"}`:                        "org.test.gate: reject: reason: expected message",
		`reject contains {"message": ""}`:                         "org.test.gate: reject: reason: expected message",
		`reject contains {"message": 1}`:                          "org.test.gate: reject: expected a text, got 1",
		`reject contains {"message": "no", "term": ["a"]}`:        `org.test.gate: reject: expected a text, got ["a"]`,
		`reject contains ""`:                                      `org.test.gate: reject: expected a text or an object with message, got ""`,
		`review contains input.findings[0].message`:               `org.test.gate: review: expected a text or an object with message, got ""`,
		`reject contains "no" if 1 / input.score.high > 1`:        "acme/a.rego:3:25: div: divide by zero",
		`reject contains "no" if to_number(input.score.severity)`: `acme/a.rego:3:25: to_number: strconv.ParseFloat: parsing "x": invalid syntax`,
	} {
		// A sound gate beside it does not help.
		e := gates(t, gatePackage+body, "package org.other.gate\n\nreject contains \"no\"")
		got, err := e.Gate(context.Background(), subject(t, agent(t, "")), Judged{
			Score: JudgedScore{High: "0", Severity: "x"}, Findings: []JudgedFinding{{}},
		})
		if err == nil || err.Error() != want || got != nil {
			t.Errorf("%s\ngot  %v, %v\nwant %s", body, got, err, want)
		}
	}
}

func TestGateTimeLimit(t *testing.T) {
	e := gates(t, gatePackage+"reject contains \"no\" if {\n\tsome i in numbers.range(1, 100000)\n\tsome j in numbers.range(1, 100000)\n\tsome k in numbers.range(1, 100000)\n\ti + j + k == input.score.high\n}")
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	got, err := e.Gate(ctx, subject(t, agent(t, "")), given(0, 0))
	if err == nil || !errors.Is(err, context.DeadlineExceeded) || got != nil {
		t.Errorf("got %v, %v", got, err)
	}
}

// TestDefaultGate: an organisation's gate stands beside it.
func TestDefaultGate(t *testing.T) {
	e := load(t, Builtin(), source("gate.rego", gatePackage+"review contains \"ours\" if true"))
	s := subject(t, agent(t, ""))
	for _, c := range []struct {
		name             string
		aivss, high      float64
		status, severity string
		want             string
	}{
		{"nothing", 6.9, 8.9, "confirmed", "medium", "review ours"},
		{"score to reject", 9.0, 9.9, "", "", "reject AIVSS score 9.0 reaches 9.0, review ours"},
		{"score to review", 7.0, 8.9, "", "", "review AIVSS score 7.0 reaches 7.0, review ours"},
		{"upper end", 6.9, 9.0, "", "", "review AIVSS score may be as high as 9.0 over what is undisclosed, which reaches 9.0, review ours"},
		{"critical", 0, 0, "confirmed", "critical", "reject critical finding: m (XL/a shell), review ours"},
		{"high", 0, 0, "confirmed", "high", "review high finding: m (XL/a shell), review ours"},
		{"possible critical", 0, 0, "possible", "critical", "review ours, review possible critical finding: m (XL/a shell)"},
		{"possible medium", 0, 0, "possible", "medium", "review ours"},
	} {
		in := given(c.aivss, c.high)
		if c.status != "" {
			in.Findings = []JudgedFinding{{Rule: "XL/a", Term: "shell", Message: "m", Status: maestro.Status(c.status), Severity: maestro.Severity(c.severity)}}
		}
		reasons, err := e.Gate(context.Background(), s, in)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range reasons {
			text := r.Decision + " " + r.Message
			if r.Rule != "" {
				text += " (" + r.Rule + " " + r.Term + ")"
			}
			got = append(got, text)
		}
		slices.Sort(got)
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.name, strings.Join(got, ", "), c.want)
		}
	}
}

// judged has the given score and thresholds of its own, so that it does not
// depend on the configuration.
func given(aivss, high float64) Judged {
	number := func(f float64) json.Number { return json.Number(fmt.Sprint(f)) }
	j := Judged{Score: JudgedScore{AIVSS: number(aivss), High: number(high)}}
	j.Config.Thresholds.Reject.Score, j.Config.Thresholds.Reject.Confirmed = "9", maestro.Critical
	j.Config.Thresholds.Review.Score, j.Config.Thresholds.Review.Upper = "7", "9"
	j.Config.Thresholds.Review.Confirmed, j.Config.Thresholds.Review.Possible = maestro.High, maestro.High
	return j
}

// TestJudgedHasTheShapeOfTheSchema in both directions: whatever gates are told
// there is, is there always.
func TestJudgedHasTheShapeOfTheSchema(t *testing.T) {
	data, err := policies.FS.ReadFile("schema/gate.jsonschema")
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	sameShape(t, "input", schema, reflect.TypeFor[Judged](), "profile", "derived")
}

// sameShape holds a schema against a type; what others bring is not in the type.
func sameShape(t *testing.T, at string, schema map[string]any, typ reflect.Type, others ...string) {
	t.Helper()
	kinds := map[string][]reflect.Kind{"object": {reflect.Struct}, "array": {reflect.Slice}, "string": {reflect.String}, "number": {reflect.String}}
	if kind, _ := schema["type"].(string); !slices.Contains(kinds[kind], typ.Kind()) || (kind == "number") != (typ == reflect.TypeFor[json.Number]()) {
		t.Errorf("%s is %v in the schema and %v in Go", at, schema["type"], typ)
		return
	}
	if typ.Kind() == reflect.Slice {
		sameShape(t, at+"[]", schema["items"].(map[string]any), typ.Elem())
	}
	if typ.Kind() != reflect.Struct {
		return
	}
	fields, want := slices.Clone(others), schema["properties"].(map[string]any)
	for i := range typ.NumField() {
		name := typ.Field(i).Tag.Get("json")
		below, ok := want[name].(map[string]any)
		if fields = append(fields, name); !ok {
			t.Errorf("%s.%s is not in the schema", at, name)
			continue
		}
		sameShape(t, at+"."+name, below, typ.Field(i).Type)
	}
	slices.Sort(fields)
	var required []string
	for _, r := range schema["required"].([]any) {
		required = append(required, r.(string))
	}
	slices.Sort(required)
	if all := slices.Sorted(maps.Keys(want)); !slices.Equal(all, fields) || !slices.Equal(required, fields) || schema["additionalProperties"] != false {
		t.Errorf("%s has %v in the schema, of them required %v, and %v in Go", at, all, required, fields)
	}
}
