package author

import (
	"context"
	"strings"
	"testing"
)

// house are the rules of the house that do not hold.
func house(t *testing.T, files ...string) []string {
	t.Helper()
	problems, err := opened(t, source(files...)).House(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(problems) == 0 {
		return nil
	}
	return strings.Split(problems.Error(), "\n")
}

func TestHouse(t *testing.T) {
	files := tested("org.test.rule")
	lines(t, house(t, files...))
	lines(t, house(t, files[0], files[1]), "acme/rule.rego:1: org.test/rule has no test, expected acme/rule_test.rego")
	lines(t, house(t, files[0], files[1], "sub/rule_test.rego", files[3]), "acme/rule.rego:1: org.test/rule has no test, expected acme/rule_test.rego")
	for _, c := range []struct{ old, new, want string }{
		{"bad := ", "bed := ", "acme/rule_test.rego:1: expected an input bad in package org.test.rule_test"},
		{"package org.test.rule_test", "package org.test.rule_tests", "acme/rule_test.rego:5: expected an input bad in package org.test.rule_test\nacme/rule_test.rego:7: expected an input good in package org.test.rule_test"},
		{`bad := {"network": {"egress": "open"}}`, "bad := 1", "acme/rule_test.rego:5: bad: expected an object"},
		{`"open"`, `"opn"`, `acme/rule_test.rego:5: bad: network.egress: unknown value "opn", did you mean "open"?`},
		{`good := {"network"`, `good := {"netwrk"`, `acme/rule_test.rego:7: good: netwrk: unknown field, did you mean "network"?`},
		{`"open"`, `"allowlist"`, "acme/rule_test.rego:5: bad: expected that org.test/rule fires on it as on a profile, it is silent"},
		{`"none"`, `"open"`, "acme/rule_test.rego:7: good: expected that org.test/rule is silent on it as on a profile, it fires"},
		{`good := {`, `good := {"derived": {"browses": true}, "tools": [], "tools_complete": true, `, "acme/rule_test.rego:7: good: derived.browses is true, what follows from the facts of this input is false"},
		{`good := {`, `good := {"derived": {"has_tools": false}, `, "acme/rule_test.rego:7: good: derived.has_tools is false, which does not follow from the facts of this input"},
		{`good := {`, `good := {"metadata": {"name": "mine"}, `, ""},
	} {
		test := strings.Replace(files[3], c.old, c.new, 1)
		test = strings.ReplaceAll(test, "with input as bad\n", "with input as {}\n") // whatever bad is called
		var want []string
		if c.want != "" {
			want = strings.Split(c.want, "\n")
		}
		lines(t, house(t, files[0], files[1], files[2], test), want...)
	}
}

// TestNothingIsForNothing: neither packages nor files.
func TestNothingIsForNothing(t *testing.T) {
	files := append(tested("org.test.rule"), "gate.rego", "package org.test.gate\n\nimport data.org.test.lib\n\nreject contains \"no\" if lib.y > 1",
		"lib.rego", "package org.test.lib\n\ny := 1")
	lines(t, house(t, files...))
	lines(t, house(t, append(files, "idle.rego", "package org.test.idle\n\nx := data.org.test.idle.y\n\ny := 1", "idle2.rego", "package org.test.idle",
		"idle_test.rego", "package org.test.idle_test\n\nimport data.org.test.idle\n\ntest_x if idle.x == 1",
		"org/test/limits/limits.yaml", "max: 1", "org/test/limits/README.md", "", "audition.yaml", "")...),
		"acme/idle.rego:1: package org.test.idle neither finds nor decides anything, and nothing refers to it",
		"acme/org/test/limits/limits.yaml: is not read, expected data.yaml")
}

// TestHouseCannotTell: a broken example is an error, not a rule that fires.
func TestHouseCannotTell(t *testing.T) {
	files := tested("org.test.rule")
	s := opened(t, source(files[0], files[1], files[2], strings.Replace(files[3], "bad := ", "bad := {\"a\": to_number(\"x\")} if true\n\nbad_ := ", 1)))
	if _, err := s.House(context.Background()); err == nil || !strings.HasPrefix(err.Error(), "acme/rule_test.rego:5:") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := opened(t, source(files...)).House(ctx); err == nil {
		t.Error("no error without time")
	}
}
