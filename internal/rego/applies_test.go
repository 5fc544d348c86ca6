package rego

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestSilenceOfWhatDoesNotApply: it gives no gap and no weakness that is only
// possible; what is stated counts, and a combination stands.
func TestSilenceOfWhatDoesNotApply(t *testing.T) {
	const (
		notStop = "not_applicable: [{fact: /oversight/stop, because: b}]\n"
		notBoth = "not_applicable: [{fact: /oversight, because: b}]\n"
		gap     = "kind: gap"
		combo   = "kind: combination"
		two     = `{"facts": [["oversight", "stop"], ["oversight", "undo"]]}`
	)
	for _, c := range []struct{ finding, metadata, facts, want string }{
		{two, gap, "", "confirmed high [/oversight/stop /oversight/undo] []"},
		{two, gap, notStop, "confirmed high [/oversight/undo] []"},
		{two, gap, notBoth, ""},
		{two, gap, notStop + "oversight: {undo: true}", ""},
		{`{"facts": [["model", "name"]]}`, gap, notBoth + "model: {name: m}", "confirmed high [/model/name] []"}, // rests on no silence
		{`{}`, twoControls, notStop, "possible medium [] [/oversight/approval]"},
		{`{}`, twoControls, notBoth, ""},
		{`{}`, twoControls, notStop + "oversight: {approval: never}", "confirmed high [] [/oversight/approval]"},
		{`{}`, "", notBoth, "confirmed high [] []"},
		{`{}`, twoControls + "\n" + combo, notStop, "possible medium [] [/oversight/approval /oversight/stop]"},
		{`{}`, twoControls + "\n" + combo, notBoth, "possible medium [] [/oversight/approval /oversight/stop]"},
		{`{}`, "kind: strength\nseverity: credit", notBoth, "confirmed credit [] []"},
	} {
		fields := strings.FieldsFunc(c.metadata, func(r rune) bool { return r == '\n' })
		e := rule(t, "findings contains "+c.finding, fields...)
		found, err := e.Find(context.Background(), subject(t, agent(t, c.facts)))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range found.Findings {
			got = fmt.Sprintf("%s %s %v %v", f.Status, f.Severity, f.Facts, f.Controls)
		}
		if got != c.want || (c.want == "") != slices.Equal(found.NotApplicable, []string{"org.test/rule"}) {
			t.Errorf("%s %s %s\ngot  %s, not applicable %v\nwant %s", c.finding, c.metadata, c.facts, got, found.NotApplicable, c.want)
		}
	}
}

// TestRuleOfSubjects: of whom a rule is not about it says what is confirmed.
func TestRuleOfSubjects(t *testing.T) {
	for _, c := range []struct {
		subject, metadata string
		want, outside     int
	}{
		{"agent", "subjects: [agent]\nkind: gap", 1, 0},
		{"skill", "subjects: [agent]\nkind: gap", 0, 1},
		{"skill", "subjects: [agent, skill]\nkind: gap", 1, 0},
		{"skill", "kind: gap", 1, 0},
		{"skill", "subjects: [agent]\n" + twoControls, 0, 1},
		{"skill", "subjects: [agent]\nkind: combination\n" + twoControls, 0, 1},
		{"skill", "subjects: [agent]", 1, 0},
	} {
		p := read(t, "p.yaml", []byte("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: test, subject: "+c.subject+"}\n"))
		e := rule(t, "findings contains {}", strings.Split(c.metadata, "\n")...)
		found, err := e.Find(context.Background(), subject(t, p))
		if err != nil || len(found.Findings) != c.want || len(found.NotApplicable) != c.outside {
			t.Errorf("%s %s: %v %v, %v", c.subject, c.metadata, found.Findings, found.NotApplicable, err)
		}
	}
	silent := rule(t, "findings contains {} if false", "subjects: [agent]")
	found, err := silent.Find(context.Background(), subject(t, read(t, "p.yaml", []byte("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: test, subject: protocol}\n"))))
	if err != nil || len(found.NotApplicable) != 1 {
		t.Errorf("a rule about others that is silent: %v, %v", found, err)
	}
	got := refused(t, source("rule.rego", module("org.test.rule", fires, "subjects: [agent, toolserver]")))
	if want := `acme/rule.rego:1: metadata: custom.subjects: unknown subject "toolserver", did you mean "tool_server"?`; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
