package assess

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/verdict"
)

func assessor(t testing.TB, sources ...rego.Source) *Assessor {
	t.Helper()
	framework, err := rego.Framework()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := rego.Load(context.Background(), framework, append([]rego.Source{rego.Builtin()}, sources...)...)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	return by(t, engine, framework, cfg, Options{Version: "test"})
}

// by makes an assessor for the day of the examples.
func by(t testing.TB, engine *rego.Engine, framework *maestro.Framework, cfg config.Config, o Options) *Assessor {
	t.Helper()
	a, err := New(context.Background(), engine, framework, cfg, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func load(t testing.TB, text string) *profile.Profile {
	t.Helper()
	profiles, err := profile.Load("profile.yaml", []byte("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a}\n"+text))
	if err != nil {
		t.Fatal(err)
	}
	return profiles[0]
}

func example(t testing.TB, name string) *profile.Profile {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../examples", name, "profile.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	profiles, err := profile.Load("profile.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return profiles[0]
}

func assess(t testing.TB, a *Assessor, p *profile.Profile) *verdict.Verdict {
	t.Helper()
	v, err := a.Assess(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestLutra is the published threat model that the project began from: L3 and L6
// are mapped, the other layers are not certain, and its factors sum to 5.4.
func TestLutra(t *testing.T) {
	v := assess(t, assessor(t), example(t, "lutra-ai"))
	for _, l := range v.Layers {
		want := verdict.Uncertain
		if l.ID == "L3" || l.ID == "L6" {
			want = verdict.Mapped
		}
		if l.Tag != want {
			t.Errorf("%s is %s, expected %s", l.ID, l.Tag, want)
		}
		if certain := !strings.HasPrefix(l.Commentary, "Not certain from the profile: "); certain != (want == verdict.Mapped) {
			t.Errorf("%s: commentary %q", l.ID, l.Commentary)
		}
	}
	if v.Score.FactorSum != "5.4" || len(v.Score.OffRubric) != 9 {
		t.Errorf("factor sum %s, off rubric %v", v.Score.FactorSum, v.Score.OffRubric)
	}
	if v.Decision == verdict.Approve {
		t.Error("approved")
	}
	seen := map[string]bool{}
	for _, f := range v.Findings {
		seen[string(f.Kind)], seen[string(f.Status)] = true, true
	}
	for _, want := range []string{"gap", "weakness", "strength", "combination", "confirmed", "possible"} {
		if !seen[want] {
			t.Errorf("no finding is %s", want)
		}
	}
}

func TestNotApplicableFactsAreNotCounted(t *testing.T) {
	count := func(text string) int {
		for _, l := range assess(t, assessor(t), load(t, text)).Layers {
			if l.ID == "L7" {
				return l.Applicable
			}
		}
		return -1
	}
	if alone, unknown := count("peers: {multi_agent: false}\n"), count(""); alone != unknown-7 {
		t.Errorf("%d facts apply without peers, %d when nothing is said of them", alone, unknown)
	}
}

// TestOptionalControl: a control that is up to whoever deploys the agent stops
// nothing, condemns nothing, and is shown as what it is.
func TestOptionalControl(t *testing.T) {
	at := func(value string) *verdict.Verdict {
		return assess(t, assessor(t), load(t, "execution: {runs_code: true, sandbox: {present: "+value+"}}\n"))
	}
	optional, silent := at("optional"), at("null")
	if optional.Decision != silent.Decision || optional.Score.AIVSS != silent.Score.AIVSS || optional.Score.High != silent.Score.High {
		t.Error("it counts as something")
	}
	for rule, want := range map[string]string{
		"XL/unsandboxed-code-execution": "possible: The agent executes code and no sandbox is known to contain it; optional: execution.sandbox.present.",
		"L4/sandbox-undisclosed":        "confirmed: Optional, so up to whoever deploys it: execution.sandbox.present.",
	} {
		i := slices.IndexFunc(optional.Findings, func(f verdict.Finding) bool { return f.Rule == rule })
		if i < 0 {
			t.Errorf("%s is silent", rule)
			continue
		}
		f := optional.Findings[i]
		if got := string(f.Status) + ": " + f.Message; got != want {
			t.Errorf("%s\ngot  %s\nwant %s", rule, got, want)
		}
		if said := f.Facts[len(f.Facts)-1]; said.Pointer == "/execution/sandbox/present" && (said.Value != "optional" || said.Line == 0) {
			t.Errorf("%s: %+v", rule, said)
		}
	}
	if slices.ContainsFunc(optional.Questions, func(q verdict.Question) bool { return q.Fact == "/execution/sandbox/present" }) {
		t.Error("it is asked about")
	}
}

func TestMitigationShowsWhatItHides(t *testing.T) {
	v := assess(t, assessor(t), load(t, `
scoring:
  cvss: 9.4
  mitigation: {value: strong, because: gate tested by a third party}
  factors: {autonomy_of_action: 1, goal_driven_planning: 1, self_modification: 1, dynamic_tool_use: 1, persistent_memory: 1,
    contextual_awareness: 1, dynamic_identity: 1, multi_agent_interactions: 1, non_determinism: 1, opacity_reflexivity: 0}
`))
	s := v.Score
	if s.AIVSS != 66 || s.Unmitigated == nil || *s.Unmitigated != 99 || s.Amended == nil || *s.Amended != 98 {
		t.Errorf("%v, unmitigated %v, amended %v", s.AIVSS, s.Unmitigated, s.Amended)
	}
}

func TestFingerprintsSurviveMoves(t *testing.T) {
	a := assessor(t)
	tools := []string{"  - {id: x, kind: mcp, access: [write]}\n", "  - {id: y, kind: saas}\n"}
	prints := func(v *verdict.Verdict) map[string]bool {
		out := map[string]bool{}
		for _, f := range v.Findings {
			out[f.Fingerprint] = true
		}
		if len(out) != len(v.Findings) {
			t.Errorf("%d fingerprints for %d findings", len(out), len(v.Findings))
		}
		return out
	}
	one := prints(assess(t, a, load(t, "tools:\n"+tools[0]+tools[1])))
	two := prints(assess(t, a, load(t, "\n\n# moved\ntools:\n"+tools[1]+tools[0])))
	for print := range one {
		if !two[print] {
			t.Errorf("%s is gone after a move", print)
		}
	}
}

func TestRuleErrorIsNoVerdict(t *testing.T) {
	broken := rego.Source{Name: "org", FS: fstest.MapFS{"broken.rego": {Data: []byte(`# METADATA
# title: Broken
# description: Breaks when it runs.
# custom: {kind: weakness, severity: low, layers: [L1], remediation: Mend it.}
package org.test.broken

findings contains {"facts": []} if to_number(input.metadata.name) > 1
`)}}}
	_, err := assessor(t, broken).Assess(context.Background(), load(t, ""))
	if err == nil || !strings.Contains(err.Error(), "org/broken.rego:7") {
		t.Errorf("got %v, expected an error of org/broken.rego", err)
	}
}

// TestGatesReadEverythingOfAFinding that their schema says there is.
func TestGatesReadEverythingOfAFinding(t *testing.T) {
	source := rego.Source{Name: "org", FS: fstest.MapFS{
		"rule.rego": {Data: []byte(`# METADATA
# title: A title
# description: Fires.
# custom: {kind: weakness, severity: low, layers: [L3], message: "About {term}", remediation: Mend it.}
package org.test.rule

findings contains {"facts": [], "term": "it"}
`)},
		"gate.rego": {Data: []byte(`package org.test.gate

review contains {"message": concat("|", [f.rule, f.layer, f.kind, f.status, f.severity, f.message, f.term])} if {
	some f in input.findings
	f.rule == "org.test/rule"
}
`)}}}
	for _, r := range assess(t, assessor(t, source), load(t, "")).Reasons {
		if r.Gate == "org.test.gate" {
			if want := "org.test/rule|L3|weakness|confirmed|low|About it|it"; r.Message != want {
				t.Errorf("got %s, want %s", r.Message, want)
			}
			return
		}
	}
	t.Error("the gate says nothing")
}

func TestTimeout(t *testing.T) {
	a := assessor(t)
	a.options.Timeout = time.Nanosecond
	_, err := a.Assess(context.Background(), load(t, ""))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// TestLayersAreData: another version of MAESTRO is another file, not other code.
func TestLayersAreData(t *testing.T) {
	a := assessor(t)
	other := *a.framework
	other.Layers = append(other.Layers[:len(other.Layers):len(other.Layers)], maestro.Layer{
		ID: "L8", Title: "Trust Control Plane", Folder: "l8_trust", Facts: []string{"/listing"}, Pins: []string{"/listing"},
		Undisclosed: "trust is not disclosed", Threats: []string{"Something New"},
	})
	a.framework = &other
	layers := assess(t, a, load(t, "")).Layers
	if len(layers) != 8 || layers[7].Commentary != "Not certain from the profile: trust is not disclosed. Usual threats: Something New." {
		t.Errorf("%+v", layers[len(layers)-1])
	}
	if layers = assess(t, a, load(t, "listing: {card_signed: true}\n")).Layers; layers[7].Tag != verdict.Mapped || layers[7].Disclosed != 1 {
		t.Errorf("%+v", layers[7])
	}
}

// TestStrengthsSayHowSureTheyAre: a claim of a strength is shown as a claim.
func TestStrengthsSayHowSureTheyAre(t *testing.T) {
	facts := "compliance: {certifications: [{id: soc2}]}\n"
	for evidence, want := range map[string]string{
		"": "claimed",
		"evidence: {default: r, sources: {r: {kind: attestation, assurance: attested}}}\n": "attested",
		"evidence: {default: x, sources: {x: {kind: attestation, assurance: attested}}}\n": "claimed",
	} {
		a := assessor(t)
		a.config.Demand.Vouched = []profile.Vouch{{Source: "r", UpTo: "attested"}}
		for _, f := range assess(t, a, load(t, facts+evidence)).Findings {
			if f.Kind == maestro.Strength && f.Assurance != want {
				t.Errorf("%q: %s is %s, expected %s", evidence, f.Rule, f.Assurance, want)
			}
		}
	}
}
