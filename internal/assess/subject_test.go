package assess

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/subject"
	"github.com/audition-dev/audition/internal/undisclosed"
	"github.com/audition-dev/audition/internal/verdict"
)

// named is a profile that names a subject, with facts from line 5.
func named(t testing.TB, subject, facts string) *profile.Profile {
	t.Helper()
	profiles, err := profile.Load("profile.yaml", []byte("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a, subject: "+subject+"}\n\n"+facts))
	if err != nil {
		t.Fatal(err)
	}
	return profiles[0]
}

var metadataLine = regexp.MustCompile(`(?m)^metadata:\n`)

// TestLesserSubject: an agent that calls itself something else is refused, or its
// verdict says so, and keeps everything that is stated against it.
func TestLesserSubject(t *testing.T) {
	a := assessor(t)
	refused := 0
	for _, name := range examples {
		data, err := os.ReadFile(filepath.Join("../../examples", name, "profile.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		agent := assess(t, a, example(t, name))
		for _, s := range subject.All()[1:] {
			changed := metadataLine.ReplaceAllString(string(data), "metadata:\n  subject: "+s.ID+"\n")
			profiles, err := profile.Load("profile.yaml", []byte(changed))
			if err != nil {
				if !strings.Contains(err.Error(), "contradicts metadata.subject: "+s.ID+" (line ") {
					t.Errorf("%s as %s: %v", name, s.ID, err)
				}
				refused++
				continue
			}
			v := assess(t, a, profiles[0])
			if v.Subject.Kind != s.ID || v.Subject.KindTitle != s.Title || len(v.NotApplicable) == 0 {
				t.Errorf("%s as %s: the verdict says %+v", name, s.ID, v.Subject)
			}
			keepsTestimony(t, name+" as "+s.ID, agent, v)
		}
	}
	if refused < 9 {
		t.Errorf("only %d were refused", refused)
	}
}

// silences are the rules that count what is not disclosed at all.
var silences = []string{"XL/opaque-capable-agent", "XL/attestation-without-controls"}

// keepsTestimony holds that one verdict has every finding of another that rests on
// what is stated, no gap that the other has not, and asks no more.
func keepsTestimony(t *testing.T, about string, agent, v *verdict.Verdict) {
	t.Helper()
	for _, f := range agent.Findings {
		stays := f.Kind == maestro.Combination || f.Status == maestro.Confirmed && f.Kind != maestro.Gap
		if stays && !slices.Contains(silences, f.Rule) && !slices.ContainsFunc(v.Findings, func(g verdict.Finding) bool { return g.Name() == f.Name() }) {
			t.Errorf("%s: no %s %s any more", about, f.Kind, f.Name())
		}
	}
	for _, f := range v.Findings {
		if !slices.ContainsFunc(agent.Findings, func(g verdict.Finding) bool { return g.Name() == f.Name() }) {
			t.Errorf("%s: %s is new", about, f.Name())
		}
		if f.Kind == maestro.Gap && slices.ContainsFunc(f.Facts, func(f verdict.Fact) bool { return f.Moot }) {
			t.Errorf("%s: %s is about what does not apply", about, f.Name())
		}
	}
	if v.Score.Undisclosed > agent.Score.Undisclosed || v.Basis.Applicable > agent.Basis.Applicable || v.Basis.Disclosed != agent.Basis.Disclosed {
		t.Errorf("%s: the interval is over %d facts, the verdict rests on %+v of %+v", about, v.Score.Undisclosed, v.Basis, agent.Basis)
	}
}

// TestNobodyIsApprovedForNothing: whoever says nothing is asked for a review,
// whatever it says that it is.
func TestNobodyIsApprovedForNothing(t *testing.T) {
	a := assessor(t)
	for _, s := range subject.All() {
		v := assess(t, a, named(t, s.ID, "scoring: {cvss: 1.0, mitigation: {value: 0.1, because: b}}\n"))
		if v.Decision == verdict.Approve || !slices.ContainsFunc(v.Reasons, func(r verdict.Reason) bool { return strings.HasPrefix(r.Message, "not judged on substance: ") }) {
			t.Errorf("%s: %s for %+v", s.ID, v.Decision, v.Reasons)
		}
	}
	all := "not_applicable:\n"
	for _, f := range []string{"/tools", "/execution", "/data", "/oversight"} {
		all += "- {fact: " + f + ", because: b}\n"
	}
	v := assess(t, a, named(t, "agent", all))
	if !slices.ContainsFunc(v.Reasons, func(r verdict.Reason) bool {
		return r.Message == "not judged on substance: nothing is disclosed about tools or execution.runs_code, data.classes or data.ingress, oversight.approval"
	}) {
		t.Errorf("a profile cannot declare the floor away: %+v", v.Reasons)
	}
}

// TestLayersOfSubjects: they count what applies, and say what does not.
func TestLayersOfSubjects(t *testing.T) {
	a := assessor(t)
	v := assess(t, a, named(t, "protocol", "peers: {mutual_auth: false}\n"))
	layer := func(id string) verdict.Layer {
		return v.Layers[slices.IndexFunc(v.Layers, func(l verdict.Layer) bool { return l.ID == id })]
	}
	l4 := layer("L4")
	if l4.Tag != verdict.NoFactApplies || l4.Applicable != 0 || l4.Commentary != "Not applicable: it is a protocol." {
		t.Errorf("got %+v", l4)
	}
	if l := layer("L5"); l.Tag != verdict.Uncertain || !strings.HasPrefix(l.Commentary, "Not certain from the profile: guardrails is not disclosed. Usual threats: ") ||
		!strings.HasSuffix(l.Commentary, " Not applicable: it is a protocol (evaluation.agent_level, evaluation.on_change, evaluation.red_team, monitoring).") {
		t.Errorf("got %+v", l)
	}
	if l := layer("L1"); l.Tag != verdict.Uncertain || !strings.Contains(l.Commentary, ": guardrails is not disclosed.") {
		t.Errorf("got %+v", l)
	}
	v = assess(t, a, named(t, "protocol", "guardrails: {tool_policy: true}\n"))
	if l := layer("L1"); l.Tag != verdict.Mapped || l.Disclosed != 1 {
		t.Errorf("no fact could pin it, and another is disclosed: %+v", l)
	}
	v = assess(t, a, named(t, "agent", "not_applicable: [{fact: /execution, because: b}, {fact: /network, because: b}, {fact: /secrets, because: b}]\n"))
	if l := layer("L4"); l.Tag != verdict.NoFactApplies || l.Commentary != "Declared not applicable: execution, network, secrets." {
		t.Errorf("got %+v", l)
	}
}

// TestNotApplicableInTheVerdict: who says what, and which rules have nothing to say.
func TestNotApplicableInTheVerdict(t *testing.T) {
	a := assessor(t)
	v := assess(t, a, named(t, "tool_server", "tools: [{id: t, access: [read]}]\ntools_complete: true\nnot_applicable:\n- {fact: /secrets/storage, because: the API is anonymous}\n"))
	for _, want := range []verdict.NotApplicable{
		{By: verdict.BySubject, Fact: "/model", Because: "whoever calls it brings the model", Line: 3},
		{By: verdict.ByProfile, Fact: "/secrets/storage", Because: "the API is anonymous", Line: 8},
	} {
		if !slices.Contains(v.NotApplicable, want) {
			t.Errorf("no %+v in %+v", want, v.NotApplicable)
		}
	}
	for _, rule := range []string{"L1/model-undisclosed", "L4/secrets-storage-undisclosed"} {
		if !slices.Contains(v.Rules.NotApplicable, rule) || slices.ContainsFunc(v.Findings, func(f verdict.Finding) bool { return f.Rule == rule }) {
			t.Errorf("%s has something to say", rule)
		}
	}
	for _, f := range undisclosed.Facts(a.framework, named(t, "tool_server", "")) {
		if strings.HasPrefix(f.Pointer, "/model/") || f.Pointer == "/oversight/approval" {
			t.Errorf("%s is open", f.Pointer)
		}
	}
	refusing, err := configured(t, a, "disclosure: {not_applicable: refuse}\n")
	if err != nil {
		t.Fatal(err)
	}
	v = assess(t, refusing, named(t, "tool_server", "tools: [{id: t}]\nnot_applicable: [{fact: /secrets/storage, because: b}]\n"))
	if slices.ContainsFunc(v.NotApplicable, func(n verdict.NotApplicable) bool { return n.By == verdict.ByProfile }) ||
		!slices.ContainsFunc(v.Findings, func(f verdict.Finding) bool { return f.Rule == "L4/secrets-storage-undisclosed" }) ||
		!slices.Contains(v.Discounted, verdict.Discounted{Fact: "/not_applicable/0", Why: "the configuration refuses what a profile declares not applicable", Line: 6}) {
		t.Errorf("refused, and yet: %+v, %+v", v.NotApplicable, v.Discounted)
	}
}

// TestGatesKnowTheSubject: an organisation can demand who may be what, and count
// what a profile declares.
func TestGatesKnowTheSubject(t *testing.T) {
	const gate = `package org.acme.gate

review contains "only attested tool servers" if {
	input.subject.kind == "tool_server"
	input.subject.assurance == "claimed"
}

reject contains sprintf("%d declared", [n]) if {
	n := count([f | some f in input.not_applicable; f.by == "profile"])
	n > 0
}
`
	a := assessor(t, rego.Source{Name: "acme", FS: fstest.MapFS{"gate.rego": &fstest.MapFile{Data: []byte(gate)}}})
	for _, c := range []struct{ subject, facts, want string }{
		{"agent", "", ""},
		{"skill", "", ""},
		{"tool_server", "", "only attested tool servers"},
		{"agent", "not_applicable: [{fact: /rag, because: b}, {fact: /memory, because: b}]\n", "2 declared"},
	} {
		got := ""
		for _, r := range assess(t, a, named(t, c.subject, c.facts)).Reasons {
			if r.Gate == "org.acme.gate" {
				got += r.Message
			}
		}
		if got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.subject, c.facts, got, c.want)
		}
	}
}
