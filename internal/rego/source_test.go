package rego

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/maestro"
)

// TestSources: the digest is of Rego files and their paths.
func TestSources(t *testing.T) {
	sound := module("org.test.rule", fires)
	digest := func(s Source) string {
		sources := load(t, s, source("other.rego", module("org.test.other", fires), "gate.rego", silent)).Sources()
		if len(sources) != 2 || sources[0].Source != s.Name || sources[1].Source != "acme" {
			t.Errorf("got %+v", sources)
		}
		return sources[0].Digest
	}
	base := digest(named("a", source("rule.rego", sound)))
	if !strings.HasPrefix(base, "sha256:") || len(base) != len("sha256:")+64 {
		t.Errorf("digest %q", base)
	}
	for name, c := range map[string]struct {
		source Source
		same   bool
	}{
		"its name":      {named("b", source("rule.rego", sound)), true},
		"other files":   {named("a", source("rule.rego", sound, "README.md", "# Hello")), true},
		"a test":        {named("a", source("rule.rego", sound, "rule_test.rego", "package x")), true},
		"a broken test": {named("a", source("rule.rego", sound, "rule_test.rego", "x {")), true},
		"a comment":     {named("a", source("rule.rego", sound+"# comment\n")), false},
		"another path":  {named("a", source("sub/rule.rego", sound)), false},
		"one more file": {named("a", source("rule.rego", sound, "lib.rego", "package org.test.lib")), false},
	} {
		if got := digest(c.source); (got == base) != c.same {
			t.Errorf("%s: the digest stays: %v, want %v", name, got == base, c.same)
		}
	}
}

// TestForeignPackages: nobody adds to a package of ours, or has one elsewhere.
func TestForeignPackages(t *testing.T) {
	bodies := map[string]string{
		"rule":   fires,
		"gate":   `reject contains "no" if false`,
		"helper": "x := 1",
	}
	for _, pkg := range []string{
		"maestro.cross_layer.lethal_trifecta", "maestro.cross_layer.other", "maestro.gate", "maestro", "gate", "gate.org.acme",
		"org", "org.acme", "org.gate", "acme.rule", "organ.acme.rule", "data.org.acme.rule", `org["acme"]`, `maestro.org["acme"].rule`,
	} {
		want := ": package " + strings.ReplaceAll(pkg, `["acme"]`, ".acme") + ": expected org.<name>.<topic>"
		for name, body := range bodies {
			if got := refused(t, source("rule.rego", "package "+pkg+"\n\n"+body)); got != "acme/rule.rego:1"+want {
				t.Errorf("%s, %s\ngot  %s\nwant acme/rule.rego:1%s", pkg, name, got, want)
			}
			if got := refused(t, source("rule.rego", module(pkg, body))); got != "acme/rule.rego:9"+want {
				t.Errorf("%s, %s with metadata\ngot  %s\nwant acme/rule.rego:9%s", pkg, name, got, want)
			}
		}
	}
}

// TestOwnPackages: the builtin source has layers, and packages of organisations.
func TestOwnPackages(t *testing.T) {
	for pkg, want := range map[string]string{
		"acme.rule":                  "expected maestro.<layer>.<rule> or org.<name>.<topic>",
		"org.rule":                   "expected maestro.<layer>.<rule> or org.<name>.<topic>",
		"maestro.cross_layer.a.b":    "expected maestro.<layer>.<rule> or org.<name>.<topic>",
		`maestro.cross_layer["a-b"]`: "expected maestro.<layer>.<rule> or org.<name>.<topic>",
		"maestro.l9.rule":            `unknown layer folder "l9"`,
	} {
		want = "rule.rego:1: metadata: package " + pkg + ": " + want
		if got := refused(t, ours("rule.rego", module(pkg, fires))); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	r := load(t, ours("rule.rego", module("maestro.l4_deployment_infrastructure.a_b", fires, "layers:"))).Rules()[0]
	if r.ID != "L4/a-b" || r.Layer != "L4" || !slices.Equal(r.Layers, []string{"L4"}) || r.File != "rule.rego" {
		t.Errorf("rule of a layer: %+v", r)
	}
}

// TestNobodyReplacesOurFiles: what a source is called and how its files are
// called is the choice of whoever wrote it.
func TestNobodyReplacesOurFiles(t *testing.T) {
	files := source(
		"gate/gate.rego", "package org.evil.gate\n\nreject contains \"never\" if false",
		"maestro/maestro.rego", "package org.evil.lib\n\nx := 1",
		"maestro/cross_layer/lethal_trifecta.rego", module("org.evil.rule", fires))
	alone := load(t, Builtin())
	want := describe(findings(t, alone, example(t)))
	for _, name := range []string{"builtin", ".", "", "acme"} {
		evil := named(name, files)
		for order, sources := range map[string][]Source{"after ours": {Builtin(), evil}, "before ours": {evil, Builtin()}} {
			e := load(t, sources...)
			for _, g := range append(alone.Gates(), "org.evil.gate") {
				if !slices.Contains(e.Gates(), g) {
					t.Errorf("%q %s: gates %v, %v is gone", name, order, e.Gates(), g)
				}
			}
			if got, want := len(e.Rules()), len(alone.Rules())+1; got != want {
				t.Errorf("%q %s: %d rules, want %d", name, order, got, want)
			}
			found := slices.DeleteFunc(findings(t, e, example(t)), func(f maestro.Finding) bool { return f.Rule.ID == "org.evil/rule" })
			if describe(found) != want {
				t.Errorf("%q %s: our rules find something else", name, order)
			}
		}
	}
}

// TestSourcesOfOneName are refused or stand beside each other; none is lost.
func TestSourcesOfOneName(t *testing.T) {
	e, err := Load(context.Background(), framework(t),
		source("rule.rego", module("org.one.rule", fires), "gate.rego", "package org.one.gate\n\nreject contains \"one\""),
		source("rule.rego", module("org.two.rule", fires), "gate.rego", "package org.two.gate\n\nreview contains \"two\""))
	if err == nil && (len(e.Rules()) != 2 || len(e.Gates()) != 2) {
		t.Errorf("%d rules, gates %v", len(e.Rules()), e.Gates())
	}
}

// TestNamesOfSourcesDoNotMatter for what is checked of them.
func TestNamesOfSourcesDoNotMatter(t *testing.T) {
	for _, name := range []string{"builtin", ".", "typed", "acme"} {
		for text, want := range map[string]string{
			"package org.test.gate\n\nx := 1":            "decides nothing, expected reject contains … or review contains …",
			"package org.test.rego\n\nx if input.scores": `undefined ref: input.scores have: "scores" want (one of): ` + sections,
			"package maestro.gate\n\nx := 1":             "package maestro.gate: expected org.<name>.<topic>",
		} {
			s := source("rule.rego", module("org.sound.rule", fires), "gate.rego", silent, "org.test.rego", text)
			if got := refused(t, named(name, s)); !strings.HasSuffix(got, want) {
				t.Errorf("%q: got %s, want %s", name, got, want)
			}
		}
	}
}

const (
	misspeltFact = `have: "aproval" want (one of): ["acts_alone" "ai_disclosure" "approval" "informed_approval" "spending_limit" "stop" "unattended" "undo"]`
	// metadata are those of a module that is no rule.
	metadata = "# METADATA\n# title: T\n"
	sections = `["apiVersion" "compliance" "data" "derived" "describes" "evaluation" "evidence" "execution" "guardrails" "identity" "incident" "kind" "listing" "memory" "metadata" "model" "monitoring" "network" "not_applicable" "orchestration" "output" "oversight" "peers" "rag" "scoring" "secrets" "self_modification" "supply" "tools" "tools_complete"]`
	judgedBy = `["config" "derived" "findings" "not_applicable" "profile" "score" "subject"]`
)

// TestTypeChecked: what an organisation reads of the input is checked, whether
// it asks for it or not.
func TestTypeChecked(t *testing.T) {
	const helper, gate = "package org.test.lib\n\n", "package org.test.gate\n\n"
	for name, c := range map[string]struct{ text, want string }{
		"fact": {module("org.test.rule", `findings contains {} if input.oversight.aproval == "never"`),
			"11:25: undefined ref: input.oversight.aproval " + misspeltFact},
		"fact in a helper": {helper + `x if input.oversight.aproval == "never"`,
			"3:6: undefined ref: input.oversight.aproval " + misspeltFact},
		"fact in a helper with metadata": {metadata + helper + `x if input.oversight.aproval == "never"`,
			"5:6: undefined ref: input.oversight.aproval " + misspeltFact},
		"fact in a function": {helper + `f(x) if input.oversight.aproval == x`,
			"3:9: undefined ref: input.oversight.aproval " + misspeltFact},
		"section": {module("org.test.rule", `findings contains {} if input.oversihgt`),
			`11:25: undefined ref: input.oversihgt have: "oversihgt" want (one of): ` + sections},
		"derived fact": {module("org.test.rule", `findings contains {} if input.derived.browse`),
			`11:25: undefined ref: input.derived.browse have: "browse" want (one of): ["autonomous" "browses" "code_execution" "contradictions" "customer_data" "destructive" "external_communication" "has_tools" "high_impact" "moves_money" "multi_tenant" "private_data" "sensitive_access" "state_change" "unpinned_layers" "untrusted_input"]`},
		"field of a tool": {module("org.test.rule", "findings contains {} if {\n\tsome tool in input.tools\n\ttool.pined\n}"),
			`13:2: undefined ref: tool.pined have: "pined" want (one of): ["access" "access_complete" "audience" "authenticated_session" "id" "kind" "party" "pinned" "publisher" "publisher_verified" "reversible" "scopes" "scopes_complete" "signed"]`},
		"score in a rule": {module("org.test.rule", `findings contains {} if input.score`),
			`11:25: undefined ref: input.score have: "score" want (one of): ` + sections},
		"sum of a text": {module("org.test.rule", `findings contains {} if input.model.name + 1 > 1`),
			"11:25: plus: invalid argument(s) have: (string, number, ???) want: (x: number, y: number, z: number)"},
		"text of a number": {module("org.test.rule", `findings contains {} if contains(input.model.provider_retention, "x")`),
			"11:25: contains: invalid argument(s) have: (number, string) want: (haystack: string, needle: string, result: boolean)"},

		"score in a gate": {gate + `reject contains "no" if input.score.aivs > 9`,
			`3:25: undefined ref: input.score.aivs have: "aivs" want (one of): ["aivss" "cvss_base" "high" "low" "severity" "unmitigated"]`},
		"score in a gate with metadata": {metadata + gate + `reject contains "no" if input.score.aivs > 9`,
			`5:25: undefined ref: input.score.aivs have: "aivs" want (one of): ["aivss" "cvss_base" "high" "low" "severity" "unmitigated"]`},
		"field of a finding": {gate + `reject contains f.mesage if some f in input.findings`,
			`3:17: undefined ref: f.mesage have: "mesage" want (one of): ["kind" "layer" "message" "rule" "severity" "status" "term"]`},
		"fact in a gate": {gate + `reject contains "no" if input.oversight`,
			`3:25: undefined ref: input.oversight have: "oversight" want (one of): ` + judgedBy},

		"schema of its own": {module("org.test.rule", `findings contains {} if input.oversight`, "schemas: [{input: schema.gate}]"),
			`12:25: undefined ref: input.oversight have: "oversight" want (one of): ` + judgedBy},
		"schema of a helper": {"# METADATA\n# schemas: [{input: schema.gate}]\n" + helper + `x if input.oversight`,
			`5:6: undefined ref: input.oversight have: "oversight" want (one of): ` + judgedBy},
		"schema of a gate": {"# METADATA\n# schemas: [{input: schema.profile}]\n" + gate + `reject contains "no" if input.score`,
			`5:25: undefined ref: input.score have: "score" want (one of): ` + strings.Replace(sections, `"derived" `, "", 1)},
	} {
		if got := refused(t, source("rule.rego", module("org.sound.rule", fires), "sound.rego", silent, "test.rego", c.text)); got != "acme/test.rego:"+c.want {
			t.Errorf("%s\ngot  %s\nwant acme/test.rego:%s", name, got, c.want)
		}
	}
	// The same beside ours, where package maestro has schemas for every layer.
	if got := refused(t, Builtin(), ours("rule.rego", module("maestro.l6_security_compliance.rule", `findings contains {} if input.oversight.aproval`))); got !=
		"rule.rego:11:25: undefined ref: input.oversight.aproval "+misspeltFact {
		t.Errorf("in a layer: got %s", got)
	}
	// Files of one package are checked alike.
	if got := refused(t, source("rule.rego", module("org.sound.rule", fires), "a.rego", silent, "b.rego", "package org.none.gate\n\nx if input.scor")); got !=
		`acme/b.rego:3:6: undefined ref: input.scor have: "scor" want (one of): `+judgedBy {
		t.Errorf("in a second file: got %s", got)
	}
}

// TestSchemasOfItsOwn: a module that says against which schemas it is checked is
// not checked against ours.
func TestSchemasOfItsOwn(t *testing.T) {
	for name, text := range map[string]string{
		"rule":           module("org.test.rule", "findings contains {} if input.score", "schemas: [{input: schema.gate}]"),
		"inline":         module("org.test.rule", "findings contains {} if input.anything", "schemas: [{input: {type: object}}]"),
		"helper":         "# METADATA\n# schemas: [{input: schema.gate}]\npackage org.test.lib\n\nx if input.score",
		"gate":           "# METADATA\n# schemas: [{input: schema.profile}]\npackage org.test.gate\n\nreject contains \"no\" if input.oversight",
		"part of a file": "package org.test.lib\n\n# METADATA\n# schemas: [{input: schema.gate}]\nx if input.score\n\ny if input.oversight",
	} {
		t.Run(name, func(t *testing.T) {
			load(t, source("rule.rego", module("org.sound.rule", fires), "sound.rego", silent, "test.rego", text))
		})
	}
}

// TestPackageInSeveralFiles: one of them has metadata, as OPA wants it.
func TestPackageInSeveralFiles(t *testing.T) {
	for name, first := range map[string]string{
		"helpers": metadata + "package org.test.rule\n\nx := 1",
		"a rule":  module("org.test.rule", fires),
	} {
		t.Run(name, func(t *testing.T) {
			for _, order := range [][]string{{"a.rego", "b.rego"}, {"b.rego", "a.rego"}} {
				load(t, source("rule.rego", module("org.sound.rule", fires), order[0], first, order[1], "package org.test.rule\n\ny if input.oversight"))
			}
		})
	}
	// Findings in a second file are no part of the rule in the first.
	got := refused(t, source("a.rego", module("org.test.rule", fires), "b.rego", "package org.test.rule\n\n"+fires))
	if want := "acme/b.rego:1: rule without metadata, expected a # METADATA block above the package"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestImpureBuiltins do not exist: a verdict depends on its inputs only.
func TestImpureBuiltins(t *testing.T) {
	for _, name := range []string{
		"http.send", "net.lookup_ip_addr", "opa.runtime", "rand.intn", "rego.parse_module", "trace", "uuid.rfc4122",
		"crypto.x509.parse_and_verify_certificates", "crypto.x509.parse_and_verify_certificates_with_options",
		"io.jwt.decode_verify", "io.jwt.encode_sign", "io.jwt.encode_sign_raw", "json.match_schema", "json.verify_schema",
		"time.add_date", "time.clock", "time.date", "time.diff", "time.format", "time.now_ns", "time.parse_ns", "time.weekday",
	} {
		for file, text := range map[string]string{
			"rule.rego": module("org.test.rule", "findings contains {} if "+name+"(input)"),
			"gate.rego": "package org.test.gate\n\nreject contains \"no\" if " + name + "(input)",
		} {
			got := refused(t, source("sound.rego", module("org.sound.rule", fires), file, text))
			if !strings.HasPrefix(got, "acme/"+file+":") || !strings.HasSuffix(got, ":25: undefined function "+name) {
				t.Errorf("got %s", got)
			}
		}
	}
	load(t, source("rule.rego", module("org.test.rule", `findings contains {} if {
	time.parse_rfc3339_ns("2026-01-01T00:00:00Z") > time.parse_duration_ns("1h")
	crypto.sha256("x") != ""
}`)))
}

// TestSchemasReadNoFiles: a schema in metadata cannot make OPA read the host.
func TestSchemasReadNoFiles(t *testing.T) {
	got := refused(t, source("rule.rego", module("org.test.rule", fires, `schemas: [{input: {"$ref": "file:///etc/hostname"}}]`)))
	if want := "acme/rule.rego:1: metadata: schemas: expected a schema without $ref, or the name of one such as schema.profile"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestHiddenFiles are of other programs, or left by them.
func TestHiddenFiles(t *testing.T) {
	plain := []string{"rule.rego", module("org.test.rule", fires), "gate.rego", silent}
	want := load(t, source(plain...)).Sources()
	got := load(t, source(append(plain, ".regal/rules/x.rego", "package custom.regal.rules.naming.x", "._gate.rego", "\x00\x05\x16",
		".x/data.yaml", "[", "org/test/.data.jsonschema", "{", ".manifest", "{")...)).Sources()
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	load(t, oneFile(".rule.rego", source(".rule.rego", module("org.test.rule", fires))))
}

// TestByteOrderMark: an editor may have put one before the text.
func TestByteOrderMark(t *testing.T) {
	e := load(t, source("rule.rego", "\ufeff"+module("org.test.rule", fires), "gate.rego", "\ufeff"+silent))
	if got := e.Text("org.test/rule"); !strings.HasPrefix(got, "package org.test.rule") {
		t.Errorf("text %q", got)
	}
	if got, want := refused(t, source("a.rego", "\ufeff \n")), "acme/a.rego:1:1: expected a package, got an empty file"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
