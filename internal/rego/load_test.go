package rego

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/maestro"

	"github.com/audition-dev/audition/internal/rego/parse"
)

// TestLoadRefuses: every error is a line of file:line: or file:line:column:.
func TestLoadRefuses(t *testing.T) {
	const unread = "acme/rule.rego:9: metadata of a rule, and no findings contains … below it"
	const shape = "acme/rule.rego:11: expected findings contains …"
	on := func(condition string) string { return "findings contains {\"facts\": []} if " + condition }
	org := func(body string, fields ...string) []string {
		return []string{"rule.rego", module("org.test.rule", body, fields...)}
	}
	for name, c := range map[string]struct {
		files []string
		want  string
	}{
		"syntax":         {org("findings contains x if {"), "acme/rule.rego:12: unexpected eof token findings contains x if { ^"},
		"unsafe":         {org("findings contains x if true"), "acme/rule.rego:11:19: var x is unsafe"},
		"strict":         {org("import data.org.lib\n\n" + fires), "acme/rule.rego:11:1: import data.org.lib unused"},
		"recursion":      {org(on("count(findings) == 0")), "acme/rule.rego:11:1: rule data.org.test.rule.findings is recursive: data.org.test.rule.findings -> data.org.test.rule.findings"},
		"metadata":       {org(fires, "title: [x"), "acme/rule.rego:3:1: yaml: line 1: did not find expected ',' or ']' # title: [x ^"},
		"no package":     {[]string{"rule.rego", "x := 1"}, "acme/rule.rego:1:1: package expected"},
		"unknown schema": {org(on("input.model.name"), "schemas: [{input: schema.nope}]"), "acme/rule.rego:12:1: undefined schema: schema.nope"},

		"no metadata":      {[]string{"rule.rego", "package org.test.rule\n\n" + fires}, "acme/rule.rego:1: rule without metadata, expected a # METADATA block above the package"},
		"no findings":      {org("x := 1"), unread},
		"other findings":   {org("findings := {{}}"), shape},
		"findings if":      {org("findings if true"), shape},
		"findings by key":  {org(`findings["a"] := {}`), shape},
		"findings below":   {org("findings.a contains {}"), shape},
		"findings of x":    {org("findings(x) := {x}"), shape},
		"no title":         {org(fires, "title:"), "acme/rule.rego:1: metadata: expected title"},
		"no description":   {org(fires, "description:"), "acme/rule.rego:1: metadata: expected description"},
		"no remediation":   {org(fires, "remediation:"), "acme/rule.rego:1: metadata: expected custom.remediation"},
		"misspelt key":     {org(fires, "severty: low"), `acme/rule.rego:1: metadata: unknown field custom.severty, did you mean "severity"?`},
		"unknown key":      {org(fires, "wombat: 1"), "acme/rule.rego:1: metadata: unknown field custom.wombat, expected one of collections, controls, kind, layers, message, possible, references, remediation, severity, subjects, suppressed_by, threats"},
		"unknown kind":     {org(fires, "kind: weaknes"), `acme/rule.rego:1: metadata: custom.kind: expected one of combination, weakness, gap, strength, got "weaknes"`},
		"unknown severity": {org(fires, "severity: severe"), `acme/rule.rego:1: metadata: custom.severity, custom.possible: expected critical, high, medium, low, info or credit, got "severe" and ""`},
		"unknown possible": {org(fires, "possible: hi", "controls: [/oversight/approval]"), `acme/rule.rego:1: metadata: custom.severity, custom.possible: expected critical, high, medium, low, info or credit, got "high" and "hi"`},
		"never possible":   {org(fires, "possible: low"), "acme/rule.rego:1: metadata: custom.possible: no finding can be only possible, for neither custom.controls nor a finding names a control"},
		"possible worse":   {org(fires, "possible: critical", "controls: [/oversight/approval]"), "acme/rule.rego:1: metadata: custom.possible: expected at most custom.severity"},
		"credit":           {org(fires, "severity: credit"), "acme/rule.rego:1: metadata: custom.severity: expected credit for a strength and for nothing else"},
		"strength":         {org(fires, "kind: strength"), "acme/rule.rego:1: metadata: custom.severity: expected credit for a strength and for nothing else"},
		"no layers":        {org(fires, "layers:"), "acme/rule.rego:1: metadata: expected custom.layers, some of L1, L2, L3, L4, L5, L6, L7"},
		"empty layers":     {org(fires, "layers: []"), "acme/rule.rego:1: metadata: expected custom.layers, some of L1, L2, L3, L4, L5, L6, L7"},
		"unknown layer":    {org(fires, "layers: [L3, L9]"), `acme/rule.rego:1: metadata: custom.layers: unknown layer "L9", expected some of L1, L2, L3, L4, L5, L6, L7`},
		"control":          {org(fires, "controls: [/oversight/aproval]"), `acme/rule.rego:1: metadata: custom.controls: "/oversight/aproval" is no single fact, did you mean "/oversight/approval"?`},
		"control path":     {org(fires, "controls: [oversight/approval]"), `acme/rule.rego:1: metadata: custom.controls: "oversight/approval" is no single fact, did you mean "/oversight/approval"?`},
		"control section":  {org(fires, "controls: [/execution/sandbox]"), `acme/rule.rego:1: metadata: custom.controls: "/execution/sandbox" is no single fact, did you mean "/execution/sandbox/kind"?`},
		"control items":    {org(fires, "controls: [/tools/*/pinned]"), `acme/rule.rego:1: metadata: custom.controls: "/tools/*/pinned" is no single fact, did you mean "/tools/*/pinned"?`},
		"gap":              {org(fires, "kind: gap", "controls: [/oversight/approval]"), "acme/rule.rego:1: metadata: custom.controls: a gap has none"},
		"itself":           {org(fires, "suppressed_by: [org.test/rule]"), "acme/rule.rego:1: suppressed_by: a rule cannot suppress itself"},
		"unknown rule":     {org(fires, "suppressed_by: [org.test/rle]"), `acme/rule.rego:1: suppressed_by: unknown rule "org.test/rle", did you mean "org.test/rule"?`},

		"package twice": {[]string{"a.rego", module("org.test.rule", fires), "b.rego", module("org.test.rule", fires)}, "acme/b.rego:1: rule org.test/rule stands twice, first at acme/a.rego:1"},
	} {
		// A gate beside them does not matter.
		if got := refused(t, source(c.files...), named("none", source("gate.rego", silent))); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}

var placedLine = regexp.MustCompile(`^acme/[a-z]+\.rego:\d+(:\d+)?: [^\n]+$`)

// TestLoadReportsEverything: all files with errors, a line each.
func TestLoadReportsEverything(t *testing.T) {
	for name, s := range map[string]Source{
		"syntax":   source("a.rego", "package org.a.x\n\nx if {", "b.rego", "package org.b.y\n\ny if {", "c.rego", module("org.test.c", fires)),
		"types":    source("a.rego", "package org.a.x\n\nx := nope(1)", "b.rego", "package org.b.y\n\ny := nope(1)"),
		"packages": source("a.rego", "package a\n\nx := 1", "b.rego", "package b\n\nx := 1"),
	} {
		got := refused(t, s)
		lines := strings.Split(got, "\n")
		if len(lines) != 2 || !strings.HasPrefix(lines[0], "acme/a.rego:") || !strings.HasPrefix(lines[1], "acme/b.rego:") {
			t.Errorf("%s: got\n%s", name, got)
		}
		for _, line := range lines {
			if !placedLine.MatchString(line) {
				t.Errorf("%s: %q is not file:line: message", name, line)
			}
		}
	}
}

// TestLoadReportsEveryBrokenRule, and nothing that only follows from them.
func TestLoadReportsEveryBrokenRule(t *testing.T) {
	got := refused(t, source(
		"a.rego", module("org.test.a", fires, "kind: x"), "b.rego", module("org.test.b", fires, "layers: [L0]"),
		"c.rego", "package org.test.c\n\nreject contains 1", "d.rego", "package org.d.gate\n\nx := 1"))
	const want = `acme/a.rego:1: metadata: custom.kind: expected one of combination, weakness, gap, strength, got "x"
acme/b.rego:1: metadata: custom.layers: unknown layer "L0", expected some of L1, L2, L3, L4, L5, L6, L7
acme/c.rego:1: package org.test.c: expected reject and review in a package that ends in .gate
acme/d.rego:1: package org.d.gate decides nothing, expected reject contains … or review contains …`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLoadNeedsARule(t *testing.T) {
	for name, s := range map[string]Source{
		"a helper only":   source("lib.rego", "package org.test.lib\n\nx := 1"),
		"a gate only":     source("gate.rego", "package org.test.gate\n\nreject contains \"no\" if true"),
		"another's words": source("rule.rego", "package org.test.rule\n\nresults contains 1 if true"),
	} {
		if got := refused(t, s); got != "no rule in any policy, expected at least one package with findings" {
			t.Errorf("%s: got %s", name, got)
		}
	}
	if got := refused(t); got != "no rule in any policy, expected at least one package with findings" {
		t.Errorf("no source: got %s", got)
	}
}

// TestLoadRefusesEmptySources: a path that leads elsewhere is not passed over.
func TestLoadRefusesEmptySources(t *testing.T) {
	for name, s := range map[string]Source{
		"nothing":     source(),
		"no Rego":     source("README.md", "# Rules"),
		"a test only": source("rule_test.rego", module("org.test.rule", fires)),
	} {
		if got := refused(t, Builtin(), s); got != "acme: nothing to load, expected Rego files or data documents" {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestLoadRefusesEmptyFiles(t *testing.T) {
	sound := module("org.test.rule", fires)
	for _, text := range []string{"", "\n", " \t\r\n\n"} {
		if got := refused(t, source("rule.rego", sound, "empty.rego", text)); got != "acme/empty.rego:1:1: expected a package, got an empty file" {
			t.Errorf("%q: got %s", text, got)
		}
	}
	if got := refused(t, source("rule.rego", sound, "empty.rego", "# only a comment\n")); !strings.HasPrefix(got, "acme/empty.rego:") || !strings.Contains(got, "empty") {
		t.Errorf("a comment: got %s", got)
	}
}

func TestLoadBoundsFiles(t *testing.T) {
	text, gate := module("org.test.rule", fires), named("none", source("gate.rego", silent))
	text += strings.Repeat("#", parse.MaxFileBytes-len(text))
	load(t, gate, source("rule.rego", text)) // at the limit
	if got, want := refused(t, gate, source("rule.rego", text+"#")), "acme/rule.rego: expected at most 1048576 bytes, got 1048577"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestNoCreditForAWeakness, not even where it is only possible: a rule that could
// only end in an error is none.
func TestNoCreditForAWeakness(t *testing.T) {
	got := refused(t, named("none", source("gate.rego", silent)), source("rule.rego", module("org.test.rule", fires, "possible: credit", "controls: [/oversight/approval]")))
	if !strings.HasPrefix(got, "acme/rule.rego:1: metadata: custom.") {
		t.Errorf("got %s", got)
	}
}

// TestRule: what the catalogue says of a rule is what its metadata say.
func TestRule(t *testing.T) {
	full := rule(t, fires,
		"title: Title", "description: Some words", "kind: combination", "layers: [L2, L4]", "severity: critical", "possible: low",
		"message: M", "controls: [/oversight/approval, /tools]", "threats: [T1]", "references: [R1, R2]", "remediation: Fix it").Rules()[0]
	want := maestro.Rule{
		ID: "org.test/rule", Layer: "XL", Layers: []string{"L2", "L4"}, Kind: "combination", Title: "Title", Description: "Some words",
		Message: "M", Severity: "critical", Possible: "low", Controls: []string{"/oversight/approval", "/tools"}, Threats: []string{"T1"},
		References: []string{"R1", "R2"}, Remediation: "Fix it", Package: "org.test.rule", File: "acme/rule.rego", Row: 1,
	}
	if !reflect.DeepEqual(full, want) {
		t.Errorf("got\n%+v\nwant\n%+v", full, want)
	}
	least := rule(t, fires).Rules()[0]
	if least.Layer != "L3" || least.Message != "T" || least.Possible != "" {
		t.Errorf("defaults: layer %q, message %q, possible %q", least.Layer, least.Message, least.Possible)
	}
	for body, want := range map[string]maestro.Severity{
		`findings contains {"facts": [], "controls": [["oversight", "approval"]]}`: "medium",
		"findings contains f if f := {\"facts\": [], \"term\": \"x\"}":             "",
		"findings contains f if some f in [{\"controls\": []}]":                    "medium", // cannot be told
	} {
		if got := rule(t, body).Rules()[0].Possible; got != want {
			t.Errorf("%s: possible %q, want %q", body, got, want)
		}
	}
	deep := load(t, source("rule.rego", module("org.acme.eu.payment_limits", fires))).Rules()[0]
	if deep.ID != "org.acme.eu/payment-limits" {
		t.Errorf("id of a deep package: %q", deep.ID)
	}
}
