package policy

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
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
	got, err := e.Gate(context.Background(), GateInput{
		Profile:  map[string]any{"model": map[string]any{"name": "m"}},
		Derived:  map[string]any{"browses": true},
		Score:    map[string]any{"high": 9.1},
		Config:   map[string]any{"thresholds": map[string]any{"reject": map[string]any{"confirmed": "critical"}}},
		Findings: []any{map[string]any{"rule": "XL/a", "term": "shell"}},
	})
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

// TestEveryGateDecides: gates are found by what they define, not by their name.
func TestEveryGateDecides(t *testing.T) {
	e := gates(t,
		"package org.test.one\n\nreject contains \"one\"",
		"package org.test.two\n\nreview contains \"two\"",
		"package org.test.silent\n\nreject contains \"never\" if false",
		"package org.test.helper\n\napprove contains \"no decision of a gate\"",
	)
	got, err := e.Gate(context.Background(), GateInput{})
	want := []Reason{{Decision: "reject", Gate: "org.test.one", Message: "one"}, {Decision: "review", Gate: "org.test.two", Message: "two"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestNoGateNoReason(t *testing.T) {
	if got, err := gates(t).Gate(context.Background(), GateInput{}); err != nil || len(got) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestMalformedReasons(t *testing.T) {
	for body, want := range map[string]string{
		`reject contains 1`:                                  "org.test.gate: reject: expected a text or an object with message, got 1",
		`review contains ["no"]`:                             `org.test.gate: review: expected a text or an object with message, got ["no"]`,
		`reject contains {"mesage": "no"}`:                   `org.test.gate: reject: reason: unknown key "mesage", expected message, rule, term`,
		`reject contains {"message": "no", "facts": []}`:     `org.test.gate: reject: reason: unknown key "facts", expected message, rule, term`,
		`reject contains {"rule": "XL/a"}`:                   "org.test.gate: reject: reason: expected message",
		`reject contains {"message": ""}`:                    "org.test.gate: reject: reason: expected message",
		`reject contains {"message": 1}`:                     "org.test.gate: reject: expected a text, got 1",
		`reject contains {"message": "no", "term": ["a"]}`:   `org.test.gate: reject: expected a text, got ["a"]`,
		`reject := "no"`:                                     "org.test.gate: reject: expected a set of reasons",
		`reject if true`:                                     "org.test.gate: reject: expected a set of reasons",
		`review := {"message": "no"}`:                        "org.test.gate: review: expected a set of reasons",
		`reject contains "no" if 1 / input.score.high > 1`:   "acme/a.rego:3:25: div: divide by zero",
		`reject contains "no" if to_number(input.score.low)`: `acme/a.rego:3:25: to_number: strconv.ParseFloat: parsing "x": invalid syntax`,
	} {
		// A sound gate beside it does not help.
		e := gates(t, gatePackage+body, "package org.test.other\n\nreject contains \"no\"")
		got, err := e.Gate(context.Background(), GateInput{Score: map[string]any{"high": 0, "low": "x"}})
		if err == nil || err.Error() != want || got != nil {
			t.Errorf("%s\ngot  %v, %v\nwant %s", body, got, err, want)
		}
	}
}

// TestGateFieldsAreChecked where the gate says what its input is.
func TestGateFieldsAreChecked(t *testing.T) {
	text := "# METADATA\n# schemas:\n#   - input: schema.gate\n" + gatePackage + "reject contains \"no\" if input.score.aivs > 9"
	_, err := Load(context.Background(), framework(t), source("gate.rego", text))
	want := `acme/gate.rego:6:25: undefined ref: input.score.aivs have: "aivs" want (one of): ["aivss" "cvss_base" "high" "low" "severity"]`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestGateTimeLimit(t *testing.T) {
	e := gates(t, gatePackage+"reject contains \"no\" if {\n\tsome i in numbers.range(1, 100000)\n\tsome j in numbers.range(1, 100000)\n\tsome k in numbers.range(1, 100000)\n\ti + j + k == input.score.high\n}")
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	got, err := e.Gate(ctx, GateInput{Score: map[string]any{"high": 0}})
	if err == nil || !errors.Is(err, context.DeadlineExceeded) || got != nil {
		t.Errorf("got %v, %v", got, err)
	}
}

// TestDefaultGate: an organisation's gate stands beside it.
func TestDefaultGate(t *testing.T) {
	e := load(t, Builtin(), source("gate.rego", gatePackage+"review contains \"ours\" if true"))
	for _, c := range []struct {
		name             string
		aivss, high      float64
		status, severity string
		want             string
	}{
		{"nothing", 6.9, 8.9, "confirmed", "medium", "review ours"},
		{"score to reject", 9.0, 9.9, "", "", "reject AIVSS score 9 reaches 9, review ours"},
		{"score to review", 7.0, 8.9, "", "", "review AIVSS score 7 reaches 7, review ours"},
		{"upper end", 6.9, 9.0, "", "", "review AIVSS score may be as high as 9 over what is undisclosed, which reaches 9, review ours"},
		{"critical", 0, 0, "confirmed", "critical", "reject critical finding: m (XL/a shell), review ours"},
		{"high", 0, 0, "confirmed", "high", "review high finding: m (XL/a shell), review ours"},
		{"possible critical", 0, 0, "possible", "critical", "review possible critical finding: m (XL/a shell), review ours"},
		{"possible medium", 0, 0, "possible", "medium", "review ours"},
	} {
		in := gateInput(c.aivss, c.high)
		if c.status != "" {
			in.Findings = []any{map[string]any{"rule": "XL/a", "term": "shell", "message": "m", "status": c.status, "severity": c.severity}}
		}
		reasons, err := e.Gate(context.Background(), in)
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
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.name, strings.Join(got, ", "), c.want)
		}
	}
}

// gateInput has the given score and thresholds of its own, so that it does not
// depend on the configuration.
func gateInput(aivss, high float64) GateInput {
	return GateInput{
		Profile: map[string]any{}, Derived: map[string]any{}, Findings: []any{},
		Score: map[string]any{"aivss": aivss, "high": high},
		Config: map[string]any{"thresholds": map[string]any{
			"reject": map[string]any{"score": 9, "confirmed": "critical"},
			"review": map[string]any{"score": 7, "upper": 9, "confirmed": "high", "possible": "high"},
		}},
	}
}
