package facts

import (
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
)

const (
	leaky   = "network: {egress: open, ingress_public: false}\n"
	tight   = "network: {egress: allowlist, ingress_public: false, renders_remote_content: false}\npeers: {multi_agent: false, external: false}\n"
	local   = "execution: {environment: local_host, runs_code: false}\n"
	forgets = "memory: {persistent: false}\nrag: {used: false}\n"
)

// metricCases say low, value and high of each base metric.
var metricCases = map[string][]struct{ facts, want string }{
	"AV": {
		{"", "L N N"},
		{"data: {ingress: [web]}", "N N N"},
		{noInput + noTools + tight + local, "L L L"},
	},
	"AC": {
		{"", "H L L"},
		{"guardrails: {tool_policy: true}", "H L L"},
		{"guardrails: {context_separation: true, tool_policy: true}", "H H H"},
		{"guardrails: {context_separation: true, tool_policy: false}", "L L L"},
	},
	"AT": {{"", "N N N"}},
	"PR": {
		{"", "L N N"},
		{"data: {ingress: [files]}", "N N N"},
		{noInput + noTools + "network: {ingress_public: true}\nidentity: {caller_auth: true}", "L L L"},
		{noInput + noTools + "network: {ingress_public: true}\nidentity: {caller_auth: false}", "N N N"},
	},
	"UI": {
		{"", "A P N"},
		{writes + "oversight: {approval: always, informed_approval: true}", "A A A"},
		{writes + "oversight: {approval: always, informed_approval: false}", "P P P"},
		{writes + "oversight: {approval: risky, unattended: false}", "P P P"},
		{writes + "oversight: {approval: never}", "N N N"},
	},
	"VC": {
		{"", "N L H"},
		{"data: {classes: [internal], classes_complete: true}\n" + noTools, "L L L"},
		{leaky + reads + "data: {classes: [phi]}", "H H H"},
		{tight + noTools + forgets + "data: {classes: [phi]}", "L L L"}, // only what it is given, and no way out
		{"data: {classes: [public], classes_complete: true}\n" + noTools, "N N N"},
	},
	"VI": {
		{noTools + noCode + noInput, "N N N"},
		{noTools + noCode + "data: {ingress: [files]}", "L L L"},
		{"execution: {environment: local_host, runs_code: true, sandbox: {present: false}}", "H H H"},
		{"execution: {environment: local_host, runs_code: true}", "N H H"}, // no sandbox is known
		{"execution: {environment: saas, runs_code: true, sandbox: {present: false}}\n" + reads, "L L L"},
	},
	"VA": {
		{"orchestration: {limits: {steps: true, time: true, budget: true}}\n" + noTools + noCode, "N N N"},
		{"orchestration: {limits: {steps: false}}\n" + noTools + noCode, "L L L"},
		{"execution: {environment: customer_host, runs_code: true, sandbox: {present: false}}", "H H H"},
	},
	"SC": {
		{noTools, "N N N"},
		{reads, "L L L"},
	},
	"SI": {
		{reads + noCode, "N N N"},
		{writes + "oversight: {undo: true, approval: always}", "L L L"},
		{writes + "oversight: {approval: never}", "H H H"},
		{writes + "oversight: {approval: always, undo: false}\ndata: {classes: [crm]}", "H H H"},
		{"tools: [{id: a, access: [pay]}]", "H H H"},
		{writes, "L L H"},
	},
	"SA": {
		{reads + noCode, "N N N"},
		{writes, "L L L"},
		{"tools: [{id: a, kind: infra, access: [execute]}]", "H H H"},
	},
}

func TestMetrics(t *testing.T) {
	for i, m := range aivss.BaseMetrics() {
		settled := map[string]bool{}
		for _, c := range metricCases[m.Name] {
			got := estimates(t, load(t, c.facts)).CVSS.Metrics[i]
			if text := got.Low + " " + got.Value + " " + got.High; got.Name != m.Name || text != c.want {
				t.Errorf("%s of\n%s\ngot  %s %s because %v\nwant %s", m.Name, c.facts, got.Name, text, got.Because, c.want)
			}
			settled[got.Low] = settled[got.Low] || got.Low == got.High
			if got.Text == "" || len(got.Facts()) == 0 && m.Name != "AT" {
				t.Errorf("%s of %q has no reason", m.Name, c.facts)
			}
		}
		for _, s := range Builtin().metrics[i].steps {
			if !settled[s.value] {
				t.Errorf("%s: the table settles nothing on %s", m.Name, s.value)
			}
		}
	}
}

// TestBase: low, value and high are the scores of the three vectors.
func TestBase(t *testing.T) {
	c := estimates(t, load(t, "")).CVSS
	if want := "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:L/VI:L/VA:L/SC:L/SI:L/SA:L"; c.Vector != want {
		t.Errorf("silence: got %s, want %s", c.Vector, want)
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
		if v, err := aivss.ParseVector(text); err != nil || v.Base() != end.base {
			t.Errorf("%s: got %v, want %v, %v", text, end.base, v.Base(), err)
		}
	}
}
