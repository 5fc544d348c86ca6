package facts

import (
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/profile"
)

const (
	noInput   = "data: {ingress: [], ingress_complete: true, classes: [], classes_complete: true}\n"
	noCode    = "execution: {runs_code: false}\n"
	sandboxed = "execution: {runs_code: true, sandbox: {present: true}}\n"
	escapes   = "execution: {runs_code: true, sandbox: {present: false}}\n"
	alone     = "peers: {multi_agent: false}\n"
	inside    = "network: {ingress_public: false}\n"
	leaky     = "network: {egress: open}\n"
	tight     = "network: {egress: allowlist, ingress_public: false, renders_remote_content: false}\npeers: {multi_agent: false}\n"
	steady    = "memory: {persistent: false}\nself_modification: {allowed: false}\n"
)

// metricCases say low, value and high of each base metric.
var metricCases = map[string][]struct{ facts, want string }{
	"AV": {
		{"", "L A N"},
		{noInput + noTools + alone + inside, "L L L"},
		{noInput + noTools + inside + "peers: {multi_agent: true, external: false}", "A A A"},
		{noInput + noTools + inside + "peers: {multi_agent: true}", "A A N"},
		{noInput + noTools + inside + "peers: {multi_agent: true, external: true}", "N N N"},
		{"network: {ingress_public: true}", "N N N"},
		{"data: {ingress: [files]}", "N N N"},
	},
	"AC": {
		{"", "H L L"},
		{"guardrails: {tool_policy: true}", "H H H"},
		{"guardrails: {input_filter: true}", "H L L"}, // a filter can be talked round
		{"guardrails: {context_separation: true}", "H H H"},
		{"guardrails: {input_filter: true, context_separation: false, tool_policy: false}", "L L L"},
		{"guardrails: {context_separation: false}", "H L L"},
	},
	"AT": {
		{"", "N N N"},
		{noTools, "N N N"},
	},
	"PR": {
		{"", "L N N"},
		{"data: {ingress: [web]}\nnetwork: {ingress_public: false}", "N N N"},
		{noInput + noTools + inside, "L L L"},
		{noInput + noTools + "network: {ingress_public: true}\nidentity: {caller_auth: true}", "L L L"},
		{noInput + noTools + "network: {ingress_public: true}\nidentity: {caller_auth: false}", "N N N"},
	},
	"UI": {
		{"", "A P N"},
		{"oversight: {approval: always, informed_approval: true}", "A A A"},
		{"oversight: {approval: risky, informed_approval: true}", "P P P"},
		{"oversight: {approval: risky}", "P P N"},
		{"oversight: {approval: always}", "A P N"},
		{"oversight: {approval: always, informed_approval: false}", "N N N"}, // a rubber stamp
		{"oversight: {approval: never}", "N N N"},
	},
	"VC": {
		{"", "N L H"},
		{"data: {classes: [pii]}", "L L H"}, // it may or may not be able to leave
		{leaky + "data: {classes: [pii]}", "H H H"},
		{tight + noTools + "data: {classes: [pii]}", "L L L"},
		{leaky + "secrets: {reach_model: true}", "H H H"},
		{leaky + "tools: [{id: a, kind: database}]", "H H H"},
		{"tools: [{id: a, kind: database}, {id: b, access: [send], audience: external}]", "H H H"},
		{"tools: [{id: a, kind: database}, {id: b, access: [send]}]", "L L H"},
		{"data: {classes: [internal], classes_complete: true}\nsecrets: {reach_model: false}\n" + noTools, "L L L"},
		{noInput + noTools + "secrets: {reach_model: false}", "N N N"},
	},
	"VI": {
		{"", "N L H"},
		{steady + sandboxed + reads + noInput, "L L L"},
		{steady + noCode + noTools + "data: {ingress: [files]}", "L L L"},
		{steady + noCode + noTools + noInput, "N N N"},
		{escapes, "H H H"},
		{"self_modification: {allowed: true, change_control: false}", "H H H"},
		{"memory: {persistent: true, provenance: false}\ndata: {ingress: [chat]}", "H H H"},
		{"memory: {persistent: true, provenance: true}\nself_modification: {allowed: true, change_control: true}\n" + noCode + reads + noInput, "L L L"},
	},
	"VA": {
		{"", "N L H"},
		{noCode + noTools + "orchestration: {limits: {steps: true, time: true, budget: true}}", "N N N"},
		{noCode + noTools + "orchestration: {limits: {steps: true, time: true, budget: false}}", "L L L"},
		{sandboxed + "orchestration: {limits: {steps: true}}", "N L L"},
		{escapes, "H H H"},
	},
	"SC": {
		{"", "N L H"},
		{noTools, "N N N"},
		{reads + "data: {classes: [public], classes_complete: true}", "L L L"},
		{leaky + reads + "data: {classes: [crm]}", "H H H"},
		{tight + reads + "data: {classes: [crm]}", "L L L"},
		{reads, "L L H"},
		{"tools: [{id: a, kind: payment}]", "H H H"},
		{"tools: [{id: a, access: [admin]}]", "H H H"},
		{noTools + "data: {classes: [crm]}", "N N N"}, // nothing of it is beyond the agent
	},
	"SI": {
		{"", "N L H"},
		{noCode + reads, "N N N"},
		{noCode + writes + "oversight: {undo: true}", "L L L"},
		{noCode + writes + "oversight: {undo: false}", "H H H"},
		{noCode + writes, "L L H"},
		{deletes, "H H H"},
		{"tools: [{id: a, access: [pay]}]", "H H H"},
		{"tools: [{id: a, kind: infra, access: [write]}]", "H H H"},
		{noTools + escapes, "H H H"},
	},
	"SA": {
		{"", "N L H"},
		{noCode + reads, "N N N"},
		{noCode + writes, "L L L"},
		{deletes, "H H H"},
		{"tools: [{id: a, kind: infra, access: [execute]}]", "H H H"},
		{"tools: [{id: a, kind: payment, access: [pay], access_complete: true, reversible: true}]\ntools_complete: true\n" + noCode, "L L L"},
		{noTools + escapes, "H H H"},
	},
}

func TestMetrics(t *testing.T) {
	for i, m := range aivss.BaseMetrics() {
		settled := map[string]bool{}
		for _, c := range metricCases[m.Name] {
			got := estimates(t, load(t, c.facts)).CVSS.Metrics[i]
			text := got.Low + " " + got.Value + " " + got.High
			if got.Name != m.Name || text != c.want {
				t.Errorf("%s of\n%s\ngot  %s %s because %v\nwant %s", m.Name, c.facts, got.Name, text, got.Because, c.want)
			}
			if got.Low == got.High {
				settled[got.Low] = true
			}
			if len(got.Facts) == 0 && got.Text == "" {
				t.Errorf("%s of %q has no reason", m.Name, c.facts)
			}
		}
		// Every value that the model gives the metric is reached.
		if want := len(newAgent(&profile.Facts{}).metrics()[m.Name].values); len(settled) != want {
			t.Errorf("%s: the table settles on %d values of %d", m.Name, len(settled), want)
		}
	}
	if len(metricCases) != len(aivss.BaseMetrics()) {
		t.Errorf("%d metrics in the table", len(metricCases))
	}
}

// TestClassesOfData: public data is nobody's loss, internal data some, and the
// rest of what the schema lists much.
func TestClassesOfData(t *testing.T) {
	for class, want := range map[string]string{
		"public": "N", "internal": "L", "other": "L", "pii": "H", "phi": "H", "financial": "H", "credentials": "H",
		"source_code": "H", "email": "H", "crm": "H", "hr": "H", "legal": "H",
	} {
		p := load(t, leaky+"secrets: {reach_model: false}\ndata: {classes_complete: true, classes: ["+class+"]}\n"+noTools)
		if got := estimates(t, p).CVSS.Metrics[5]; got.Name != "VC" || got.Low != want || got.High != want {
			t.Errorf("%s: got %s from %s to %s, want %s", class, got.Name, got.Low, got.High, want)
		}
	}
}

// TestBase: low, value and high are the scores of the three vectors.
func TestBase(t *testing.T) {
	for facts, want := range map[string]string{
		"": "CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:P/VC:L/VI:L/VA:L/SC:L/SI:L/SA:L",
		noInput + noTools + alone + inside + steady + noCode + `
guardrails: {tool_policy: true}
oversight: {approval: always, informed_approval: true}
secrets: {reach_model: false}
orchestration: {limits: {steps: true, time: true, budget: true}}
`: "CVSS:4.0/AV:L/AC:H/AT:N/PR:L/UI:A/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N",
	} {
		c := estimates(t, load(t, facts)).CVSS
		if c.Vector != want {
			t.Errorf("%q\ngot  %s\nwant %s", facts, c.Vector, want)
		}
		for _, end := range []struct {
			base aivss.Tenths
			of   func(Metric) string
		}{
			{c.Low, func(m Metric) string { return m.Low }},
			{c.Value, func(m Metric) string { return m.Value }},
			{c.High, func(m Metric) string { return m.High }},
		} {
			text := "CVSS:4.0"
			for _, m := range c.Metrics {
				text += "/" + m.Name + ":" + end.of(m)
			}
			v, err := aivss.ParseVector(text)
			if err != nil || v.Base() != end.base {
				t.Errorf("%s: got %v, want %v, %v", text, end.base, v.Base(), err)
			}
		}
	}
}

// TestMetricReasons: the reasons of the value and of what could make it worse,
// none of what an answer could no longer change.
func TestMetricReasons(t *testing.T) {
	for _, c := range []struct{ metric, facts, want string }{
		{"AT", "", "=no condition of the deployment is assumed to hinder the attack"},
		{"AC", "guardrails: {tool_policy: true}", "/guardrails/tool_policy=yes"},
		{"UI", "oversight: {approval: never}", "/oversight/approval=never"},
		{"UI", "oversight: {approval: risky, informed_approval: true}", "/oversight/approval=risky /oversight/informed_approval=yes"},
		{"SC", noTools, "/tools_complete=yes"},
		{"VC", leaky + "secrets: {reach_model: true}\ndata: {classes: [internal]}", "/network/egress=open /secrets/reach_model=yes"}, // the class only makes it L
		{"VA", escapes, "/execution/runs_code=yes /execution/sandbox/present=no"},
	} {
		var got []string
		p := load(t, c.facts)
		for _, m := range estimates(t, p).CVSS.Metrics {
			for _, r := range reasons(p, m.Because) {
				if m.Name == c.metric {
					got = append(got, r.fact+"="+r.text)
				}
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s of %q\ngot  %s\nwant %s", c.metric, c.facts, strings.Join(got, " "), c.want)
		}
	}
}
