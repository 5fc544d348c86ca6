package rego

import "testing"

// TestWhatCannotBeMeant compiles and would pass in silence what it is to find.
func TestWhatCannotBeMeant(t *testing.T) {
	sound := []string{"rule.rego", module("org.sound.rule", fires), "sound.rego", silent,
		"org/test/limits/data.yaml", "max: 3\nnames: {ann: 1}", "lib.rego", "package org.test.lib\n\nf(x) := x\n\ng[k] := 1 if some k in [\"a\"]"}
	rule := func(body string) []string { return []string{"x.rego", module("org.test.rule", body)} }
	gate := func(body string) []string { return []string{"x.rego", "package org.test.gate\n\n" + body} }
	const reject = "reject contains \"no\" if false\n\n"
	for name, c := range map[string]struct {
		files []string
		want  string
	}{
		"misspelt decision": {gate("reveiw contains \"no\"\n\n" + reject), `acme/x.rego:3: unknown decision "reveiw", did you mean "review"?`},
		"no decision":       {gate(reject + "deny contains \"no\""), `acme/x.rego:5: unknown decision "deny", expected one of reject, review`},
		"misspelt findings": {[]string{"x.rego", "package org.test.rule\n\nfinding contains {\"facts\": []}"}, `acme/x.rego:3: unknown set "finding", did you mean "findings"?`},
		"data":              {gate("reject contains \"no\" if data.org.test.limit.max > 2"), `acme/x.rego:3:25: data.org.test.limit: nothing defines it, did you mean "limits"?`},
		"data, a key":       {gate("reject contains \"no\" if data.org.test.limits.maxx > 2"), `acme/x.rego:3:25: data.org.test.limits.maxx: nothing defines it, did you mean "max"?`},
		"data, not":         {gate("reject contains \"no\" if not data.org.test.limits.names.bob"), `acme/x.rego:3:29: data.org.test.limits.names.bob: nothing defines it`},
		"data, import":      {gate("import data.org.test.limts\n\nreject contains \"no\" if limts.max > 2"), `acme/x.rego:5:25: data.org.test.limts: nothing defines it, did you mean "limits"?`},
		"rule of a library": {gate("reject contains \"no\" if data.org.test.lib.other"), `acme/x.rego:3:25: data.org.test.lib.other: nothing defines it`},
		"builtin rule":      {gate("reject contains \"no\" if data.org.sund.rule.findings"), `acme/x.rego:3:25: data.org.sund: nothing defines it, did you mean "sound"?`},
		"file not read": {append(gate("reject contains \"no\" if data.org.test.other.max > 2"), "org/test/other/other.yaml", "max: 1"),
			`acme/x.rego:3:25: data.org.test.other: nothing defines it; acme/org/test/other/other.yaml: is not read, expected data.yaml`},
		"enum":              {rule("findings contains {\"facts\": []} if input.network.egress == \"opn\""), `acme/x.rego:11:60: input.network.egress: unknown value "opn", did you mean "open"?`},
		"enum, reversed":    {rule("findings contains {\"facts\": []} if \"opn\" != input.network.egress"), `acme/x.rego:11:36: input.network.egress: unknown value "opn", did you mean "open"?`},
		"enum of items":     {rule("findings contains {\"facts\": []} if {\n\tsome t in input.tools\n\tt.kind == \"brwser\"\n}"), `acme/x.rego:13:12: input.tools[_].kind: unknown value "brwser", did you mean "browser"?`},
		"enum of a set":     {rule("findings contains {\"facts\": []} if input.network.egress in {\"open\", \"opn\"}"), `acme/x.rego:11:69: input.network.egress: unknown value "opn", did you mean "open"?`},
		"enum of a gate":    {gate("reject contains \"no\" if {\n\tsome f in input.findings\n\tf.severity == \"hihg\"\n}"), `acme/x.rego:5:16: input.findings[_].severity: unknown value "hihg", did you mean "high"?`},
		"enum of a profile": {gate("reject contains \"no\" if input.profile.network.egress == \"opn\""), `acme/x.rego:3:57: input.profile.network.egress: unknown value "opn", did you mean "open"?`},
	} {
		if got := refused(t, source(append(c.files, sound...)...)); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", name, got, c.want)
		}
	}
	for name, files := range map[string][]string{
		"helper set":    gate(reject + "rejected contains 1\n\nreview contains \"no\" if count(rejected) > 3"),
		"another set":   {"x.rego", "package org.test.words\n\nwords contains 1"},
		"data":          gate("reject contains \"no\" if {\n\tdata.org.test.limits.max > 2\n\tdata.org.test.limits.names[input.profile.model.name]\n\tdata.org.test.lib.f(1)\n\tdata.org.test.lib.g.b\n\tcount(data.org.sound) > 1\n}"),
		"with":          gate("reject contains \"no\" if data.org.test.other.max > 2 with data.org.test.other as {\"max\": 1}"),
		"schema of one": append(gate("reject contains \"no\" if data.org.test.more.x"), "org/test/more/data.json", "{}", "org/test/more/data.jsonschema", `{"type": "object", "properties": {"x": {"type": "boolean"}}}`),
		"no enum":       rule("findings contains {\"facts\": []} if input.model.name == \"opn\""),
		"of its enum":   rule("findings contains {\"facts\": []} if input.network.egress in [\"open\", \"none\"]"),
	} {
		t.Run(name, func(t *testing.T) { load(t, source(append(files, sound...)...)) })
	}
}
