package facts

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/policies"
)

const noTools = "tools: []\ntools_complete: true\n"

// oneTool writes a complete list of one tool; access that it has is complete.
func oneTool(fields string) string {
	if strings.Contains(fields, "access:") {
		fields += ", access_complete: true"
	}
	return "tools: [{id: a, " + fields + "}]\ntools_complete: true\n"
}

type derivedCase struct {
	facts string
	value Truth
	// because are the exact reasons, separated by spaces.
	because string
}

var derivedCases = map[string][]derivedCase{
	"has_tools": {
		{"", Undisclosed, "/tools"},
		{"tools: null", Undisclosed, "/tools"},
		{"tools_complete: false", Undisclosed, "/tools"},
		{"tools: []", Undisclosed, "/tools_complete"},
		{"tools: []\ntools_complete: false", Undisclosed, "/tools_complete"},
		{noTools, No, "/tools_complete"},
		{"tools: [{id: a}]", Yes, "/tools/0/id"},
		{"tools: [{id: a}, {id: b}]\ntools_complete: true", Yes, "/tools/0/id /tools/1/id"},
	},
	"private_data": {
		{"", Undisclosed, "/data/classes /tools"},
		{"data: {classes: [public, pii]}", Yes, "/data/classes/1"},
		{"data: {classes: [internal]}", Yes, "/data/classes/0"},
		{"tools: [{id: a, kind: email}, {id: b, kind: messaging}]", Yes, "/tools/0/kind /tools/1/kind"},
		{"tools: [{id: a, kind: shell}, {id: b, kind: database}]", Yes, "/tools/1/kind"},
		{"data: {classes: [public]}", Undisclosed, "/data/classes_complete /tools"},
		{"data: {classes: [public], classes_complete: true}", Undisclosed, "/tools"},
		{"data: {classes: [], classes_complete: true}\n" + oneTool("access: []"), Undisclosed, "/tools/0/kind"},
		{"data: {classes: [public], classes_complete: true}\n" + noTools, No, "/data/classes/0 /data/classes_complete /tools_complete"},
		{"data: {classes: [], classes_complete: true}\n" + oneTool("kind: saas"), No, "/data/classes_complete /tools/0/kind /tools_complete"},
	},
	"customer_data": {
		{"", Undisclosed, "/data/classes /tools"},
		{"data: {classes: [pii]}", Yes, "/data/classes/0"},
		{"data: {classes: [pii], belongs_to: [subject]}", Yes, "/data/classes/0"},
		{"data: {classes: [pii], belongs_to: [subject, customer], belongs_to_complete: true}", Yes, "/data/belongs_to/1 /data/classes/0"},
		{"data: {classes: [pii], belongs_to: [subject, public], belongs_to_complete: true}", No,
			"/data/belongs_to/0 /data/belongs_to/1 /data/belongs_to_complete"},
		{"data: {classes: [public], classes_complete: true}\n" + noTools, No, "/data/classes/0 /data/classes_complete /tools_complete"},
	},
	"sensitive_access": {
		{"", Undisclosed, "/data/classes /tools"},
		{"data: {classes: [hr]}", Yes, "/data/classes/0"},
		{"tools: [{id: a, kind: infra}]", Yes, "/tools/0/kind"},
		{"tools: [{id: a, kind: payment}, {id: b, kind: wallet}]", Yes, "/tools/0/kind /tools/1/kind"},
		{"tools: [{id: a, access: [read, admin]}]", Yes, "/tools/0/access/1"},
		{"data: {classes: [], classes_complete: true}\n" + oneTool("kind: shell"), Undisclosed, "/tools/0/access"},
		{"data: {classes: [], classes_complete: true}\ntools: [{id: a, kind: shell, access: [read]}]\ntools_complete: true",
			Undisclosed, "/tools/0/access_complete"},
		{"data: {classes: [], classes_complete: true}\n" + oneTool("kind: shell, access: [read]"), No,
			"/data/classes_complete /tools/0/access/0 /tools/0/access_complete /tools/0/kind /tools_complete"},
	},
	"untrusted_input": {
		{"", Undisclosed, "/data/ingress /tools"},
		{"data: {ingress: [web, peer]}", Yes, "/data/ingress/0 /data/ingress/1"},
		{"data: {ingress: []}", Undisclosed, "/data/ingress_complete /tools"},
		// What the principal types is not text written by others.
		{"data: {ingress: [principal, voice]}", Yes, "/data/ingress/1"},
		{"data: {ingress: [principal]}", Undisclosed, "/data/ingress_complete /tools"},
		{"data: {ingress: [principal], ingress_complete: true}\n" + noTools, No, "/data/ingress/0 /data/ingress_complete /tools_complete"},
		{"tools: [{id: a, kind: mcp, access: [read]}]", Yes, "/tools/0/access/0 /tools/0/kind"},
		{"tools: [{id: a, kind: messaging, access: [read]}, {id: b, kind: telephony, access: [read]}]", Yes,
			"/tools/0/access/0 /tools/0/kind /tools/1/access/0 /tools/1/kind"},
		{"tools: [{id: a, kind: email, access: [send]}]", Undisclosed, "/data/ingress /tools/0/access_complete /tools_complete"},
		{"tools: [{id: a, access: [read]}]", Undisclosed, "/data/ingress /tools/0/kind /tools_complete"},
		// Who can only send mail reads none.
		{"data: {ingress: [], ingress_complete: true}\n" + oneTool("kind: email, access: [send]"), No,
			"/data/ingress_complete /tools/0/access/0 /tools/0/access_complete /tools_complete"},
		{"data: {ingress: [], ingress_complete: true}\n" + oneTool("kind: shell, access: [read]"), No,
			"/data/ingress_complete /tools/0/kind /tools_complete"},
		{"data: {ingress: [], ingress_complete: true}\n" + noTools, No, "/data/ingress_complete /tools_complete"},
	},
	"external_communication": {
		{"", Undisclosed, "/network/egress /network/renders_remote_content /peers/external /peers/multi_agent /tools"},
		{"network: {egress: open}", Yes, "/network/egress"},
		{"network: {renders_remote_content: true}", Yes, "/network/renders_remote_content"},
		{"tools: [{id: a, access: [send]}]", Yes, "/tools/0/access/0"},
		{"tools: [{id: a, kind: browser}]", Yes, "/tools/0/kind"},
		{"tools: [{id: a, access: [pay], audience: external}]", Yes, "/tools/0/access/0 /tools/0/audience"},
		{"tools: [{id: a, kind: http, audience: internal}]", Undisclosed, "/network/egress /network/renders_remote_content /peers/external /peers/multi_agent /tools_complete"},
		{"peers: {multi_agent: true, external: true}", Yes, "/peers/external /peers/multi_agent"},
		{"network: {egress: none, renders_remote_content: false}\n" + alone + oneTool("kind: http, access: [send], audience: internal"), No,
			"/network/egress /network/renders_remote_content /peers/multi_agent /tools/0/audience /tools_complete"},
		{"network: {egress: allowlist, renders_remote_content: false}\n" + alone + oneTool("kind: saas, access: [write]"), No,
			"/network/egress /network/renders_remote_content /peers/multi_agent /tools/0/access/0 /tools/0/access_complete /tools/0/kind /tools_complete"},
		{"network: {egress: none, renders_remote_content: false}\n" + alone + oneTool("kind: saas"), Undisclosed, "/tools/0/access"},
	},
	"state_change": {
		{"", Undisclosed, "/tools"},
		{"tools: [{id: a, access: [write]}]", Yes, "/tools/0/access/0"},
		{"tools: [{id: a, access: [read, send, delete]}]", Yes, "/tools/0/access/1 /tools/0/access/2"},
		{"tools: [{id: a, access: [execute, pay, admin]}]", Yes, "/tools/0/access/0 /tools/0/access/1 /tools/0/access/2"},
		{"tools: [{id: a, access: [read], access_complete: true}]", Undisclosed, "/tools_complete"},
		{"tools: [{id: a, access: [read]}]\ntools_complete: true", Undisclosed, "/tools/0/access_complete"},
		{oneTool("access: [read]"), No, "/tools/0/access/0 /tools/0/access_complete /tools_complete"},
		{noTools, No, "/tools_complete"},
	},
	"destructive": {
		{"", Undisclosed, "/tools"},
		{"tools: [{id: a, access: [delete], reversible: true}]", Yes, "/tools/0/access/0"},
		{"tools: [{id: a, access: [admin]}]", Yes, "/tools/0/access/0"},
		{"tools: [{id: a, access: [send], reversible: false}]", Yes, "/tools/0/access/0 /tools/0/reversible"},
		{oneTool("access: [write]"), Undisclosed, "/tools/0/reversible"},
		{oneTool("access: [write], reversible: true"), No, "/tools/0/access/0 /tools/0/access_complete /tools/0/reversible /tools_complete"},
		// Reading needs no undoing.
		{oneTool("access: [read], reversible: false"), No, "/tools/0/access/0 /tools/0/access_complete /tools_complete"},
	},
	"moves_money": {
		{"", Undisclosed, "/tools"},
		{"tools: [{id: a, access: [pay]}]", Yes, "/tools/0/access/0"},
		{"tools: [{id: a, kind: payment}]", Yes, "/tools/0/kind"},
		{"tools: [{id: a, kind: wallet, access: [send]}]", Yes, "/tools/0/access/0 /tools/0/kind"},
		{oneTool("kind: wallet, access: [read]"), No, "/tools/0/access/0 /tools/0/access_complete /tools/0/kind /tools_complete"},
		{oneTool("access: [read]"), Undisclosed, "/tools/0/kind"},
		{oneTool("access: [read], kind: saas"), No, "/tools/0/access/0 /tools/0/access_complete /tools/0/kind /tools_complete"},
	},
	"high_impact": {
		{"", Undisclosed, "/tools"},
		{"tools: [{id: a, access: [delete]}]", Yes, "/tools/0/access/0"},
		{"tools: [{id: a, kind: payment}]", Yes, "/tools/0/kind"},
		{"tools: [{id: a, access: [send], audience: external}]", Yes, "/tools/0/access/0 /tools/0/audience"},
		{"tools: [{id: a, kind: infra, access: [write]}]", Yes, "/tools/0/access/0 /tools/0/kind"},
		{oneTool("kind: saas, access: [send], reversible: true"), Undisclosed, "/tools/0/audience"},
		{oneTool("kind: saas, access: [send], reversible: true, audience: internal"), No,
			"/tools/0/access/0 /tools/0/access_complete /tools/0/audience /tools/0/kind /tools/0/reversible /tools_complete"},
		{noTools, No, "/tools_complete"},
	},
	"code_execution": {
		{"", Undisclosed, "/execution/runs_code /tools"},
		{"execution: {runs_code: true}", Yes, "/execution/runs_code"},
		{"tools: [{id: a, kind: shell, access: [execute]}, {id: b, kind: code, access: [execute]}, {id: c, kind: interpreter}]", Yes,
			"/tools/0/access/0 /tools/0/kind /tools/1/access/0 /tools/1/kind /tools/2/kind"},
		// A tool that runs code outweighs the word of the profile.
		{"execution: {runs_code: false}\n" + oneTool("kind: interpreter"), Yes, "/tools/0/kind"},
		// A shell runs nothing without the right, functions are the developers' code.
		{"execution: {runs_code: false}\n" + oneTool("kind: shell"), Undisclosed, "/tools/0/access"},
		{"execution: {runs_code: false}\n" + oneTool("kind: shell, access: [read]"), No,
			"/execution/runs_code /tools/0/access/0 /tools/0/access_complete /tools/0/kind /tools_complete"},
		{"execution: {runs_code: false}\n" + oneTool("kind: function, access: [execute]"), No, "/execution/runs_code /tools/0/kind /tools_complete"},
		{"execution: {runs_code: false}", Undisclosed, "/tools"},
		{noTools, Undisclosed, "/execution/runs_code"},
		{"execution: {runs_code: false}\n" + noTools, No, "/execution/runs_code /tools_complete"},
	},
	"browses": {
		{"", Undisclosed, "/tools"},
		{"tools: [{id: a, kind: browser}, {id: b, kind: computer_use}, {id: c, kind: http}]", Yes, "/tools/0/kind /tools/1/kind"},
		{"tools: [{id: a, kind: mcp}]", Undisclosed, "/tools_complete"},
		{oneTool("kind: mcp"), No, "/tools/0/kind /tools_complete"},
	},
	"autonomous": {
		{"", Undisclosed, "/oversight/approval /oversight/unattended"},
		{"oversight: {approval: never}", Yes, "/oversight/approval"},
		{"oversight: {approval: risky, unattended: true}", Yes, "/oversight/approval /oversight/unattended"},
		{"oversight: {unattended: true}", Undisclosed, "/oversight/approval"},
		{"oversight: {unattended: false}", Undisclosed, "/oversight/approval"},
		{"oversight: {approval: risky}", Undisclosed, "/oversight/unattended"},
		{"oversight: {approval: always}", No, "/oversight/approval"},
		{"oversight: {approval: always, unattended: true}", No, "/oversight/approval"},
		{"oversight: {approval: risky, unattended: false}", No, "/oversight/approval /oversight/unattended"},
	},
	"multi_tenant": {
		{"", Undisclosed, "/execution/environment /execution/multi_tenant"},
		{"execution: {environment: saas}", Undisclosed, "/execution/multi_tenant"},
		{"execution: {multi_tenant: true}", Undisclosed, "/execution/environment"},
		{"execution: {environment: saas, multi_tenant: true}", Yes, "/execution/environment /execution/multi_tenant"},
		{"execution: {environment: customer_host}", No, "/execution/environment"},
		{"execution: {multi_tenant: false}", No, "/execution/multi_tenant"},
	},
}

var truths = map[Truth]string{Yes: "yes", No: "no", Undisclosed: "undisclosed"}

func TestDerive(t *testing.T) {
	f := framework(t)
	for name, cases := range derivedCases {
		seen := map[Truth]bool{}
		for _, c := range cases {
			seen[c.value] = true
			got := Derive(load(t, c.facts), f).Claims[name]
			if got.Value != c.value || strings.Join(got.Because(), " ") != c.because {
				t.Errorf("%s of\n%s\ngot  %s %s\nwant %s %s", name, c.facts,
					truths[got.Value], strings.Join(got.Because(), " "), truths[c.value], c.because)
			}
		}
		if len(seen) < 3 {
			t.Errorf("%s: the table lacks a yes, a no or an undisclosed", name)
		}
	}
}

// TestSchemaNamesDerivedFacts holds facts.jsonschema against what is derived.
func TestSchemaNamesDerivedFacts(t *testing.T) {
	data, err := policies.FS.ReadFile("schema/facts.jsonschema")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]struct{ Type string }
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"unpinned_layers": "integer", "contradictions": "array"} {
		if got := schema.Properties[name].Type; got != want {
			t.Errorf("%s is of type %q", name, got)
		}
		delete(schema.Properties, name)
	}
	want := slices.Sorted(maps.Keys(schema.Properties))
	if got := slices.Sorted(maps.Keys(Derive(load(t, ""), framework(t)).Claims)); !slices.Equal(got, want) {
		t.Errorf("derived\n%v\nthe schema names\n%v", got, want)
	}
	if got := slices.Sorted(maps.Keys(derivedCases)); !slices.Equal(got, want) {
		t.Errorf("tested\n%v\nthe schema names\n%v", got, want)
	}
	for name, p := range schema.Properties {
		if p.Type != "boolean" {
			t.Errorf("%s is of type %q", name, p.Type)
		}
	}
}

func TestInputHoldsCertainConclusionsOnly(t *testing.T) {
	f := framework(t)
	if in := Derive(load(t, ""), f).Input(); len(in) != 1 || in["unpinned_layers"] != 7 {
		t.Errorf("of an empty profile: %v", in)
	}
	in := Derive(load(t, "oversight: {approval: never}\nexecution: {multi_tenant: false}"), f).Input()
	want := map[string]any{"unpinned_layers": 6, "autonomous": true, "multi_tenant": false}
	if !maps.Equal(in, want) {
		t.Errorf("got %v, want %v", in, want)
	}
}

func TestUnpinnedLayers(t *testing.T) {
	f := framework(t)
	for facts, want := range map[string]int{
		"":                                  7,
		"model: {card: true}":               7, // a fact of a layer is not yet a pin
		"model: {name: m}":                  6,
		"tools: []":                         6,
		"guardrails: {input_filter: false}": 6, // a denial pins too
		"not_applicable: [{fact: /model, because: b}]":                                      6, // no fact could pin it
		"not_applicable: [{fact: /model/name, because: b}]":                                 7,
		"model: {hosting: on_device}\nmemory: {persistent: false}\noversight: {stop: true}": 4,
	} {
		if got := Derive(load(t, facts), f).UnpinnedLayers; got != want {
			t.Errorf("%q: got %d, want %d", facts, got, want)
		}
	}
	for name, want := range map[string]int{"release-notes": 0, "desktop-helper": 1, "lutra-ai": 5} {
		if got := Derive(example(t, name), f).UnpinnedLayers; got != want {
			t.Errorf("%s: got %d, want %d", name, got, want)
		}
	}
}
