package policies_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/origin"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/topdown"
)

// TestBadAndGood takes the inputs bad and good of every rule's test through the
// whole program: as a profile they load, what Go derives of them is what the
// test says, the rule fires on bad and is silent on good.
func TestBadAndGood(t *testing.T) {
	e, c := engine(t), topdown.Compiled{Compiler: compiled(t, parseAll(t)), Store: inmem.New()}
	for _, r := range e.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			bad, good, err := rego.Examples(context.Background(), c, r.Package)
			if err != nil {
				t.Fatal(err)
			}
			if !fires(t, e, r, bad) {
				t.Error("silent on bad")
			}
			if fires(t, e, r, good) {
				t.Error("fires on good")
			}
		})
	}
}

// TestBadCountsWithoutEvidence: what a rule finds in its input bad it finds also
// where the highest assurance is demanded and there is no evidence at all. Where a
// rule is about what is wrong with a control, a control that does not count has
// nothing wrong with it, and another rule is as severe about its absence; that an
// attestation is weak is not worth a finding where it does not count.
func TestBadCountsWithoutEvidence(t *testing.T) {
	instead := map[string]string{
		"L4/sandbox-off-by-default":        "L4/sandbox-undisclosed",
		"L5/actions-unattributed":          "L5/monitoring-undisclosed",
		"L6/attestation-scope-undisclosed": "",
		"XL/attestation-without-controls":  "",
	}
	e, c := engine(t), topdown.Compiled{Compiler: compiled(t, parseAll(t)), Store: inmem.New()}
	of := func(findings []maestro.Finding, rule string) []maestro.Finding {
		return slices.DeleteFunc(findings, func(f maestro.Finding) bool { return f.Rule.ID != rule })
	}
	for _, r := range e.Rules() {
		if r.Kind == maestro.Strength {
			continue
		}
		rule, another := instead[r.ID]
		if !another {
			rule = r.ID
		}
		if rule == "" {
			continue
		}
		t.Run(r.ID, func(t *testing.T) {
			bad, _, err := rego.Examples(context.Background(), c, r.Package)
			if err != nil {
				t.Fatal(err)
			}
			p, _ := given(t, bad)
			q, _, err := p.Demand(profile.Demand{Minimum: "verified"})
			if err != nil {
				t.Fatal(err)
			}
			after := of(found(t, e, q), rule)
			for _, f := range of(found(t, e, p), r.ID) {
				if !slices.ContainsFunc(after, func(g maestro.Finding) bool {
					return g.Term == f.Term && g.Status == f.Status && g.Severity == f.Severity
				}) {
					t.Errorf("%s %s is gone where evidence is demanded; if it is about a control that then does not count, say which rule finds that instead", f.Status, f.Severity)
				}
			}
		})
	}
}

func fires(t *testing.T, e *rego.Engine, r maestro.Rule, example any) bool {
	t.Helper()
	p, derived := given(t, example)
	got := facts.Derive(p, framework(t)).Input()
	for key, want := range derived {
		if a, b := text(t, got[key]), text(t, want); a != b {
			t.Errorf("%s: %s is %s, derived from the facts it is %s", r.ID, key, b, a)
		}
	}
	return slices.ContainsFunc(found(t, e, p), func(f maestro.Finding) bool { return f.Rule.ID == r.ID })
}

// given loads an input of a rule's test as a profile, and what the test says is
// derived from it.
func given(t *testing.T, example any) (p *profile.Profile, derived map[string]any) {
	t.Helper()
	object, ok := example.(map[string]any)
	if !ok {
		t.Fatalf("expected an input, got %v", example)
	}
	input := maps.Clone(object)
	derived, _ = input["derived"].(map[string]any)
	delete(input, "derived")
	p = load(t, input)
	p.Origin = &origin.Origin{Contradictions: facts.Contradictions(derived["contradictions"])}
	return p, derived
}

// found are the findings of all rules.
func found(t *testing.T, e *rego.Engine, p *profile.Profile) []maestro.Finding {
	t.Helper()
	subject, err := rego.NewSubject(p, facts.Derive(p, framework(t)))
	if err != nil {
		t.Fatal(err)
	}
	findings, err := e.Findings(context.Background(), subject)
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

func load(t *testing.T, input map[string]any) *profile.Profile {
	t.Helper()
	input["apiVersion"], input["kind"] = "audition/v1", "AgentProfile"
	input["metadata"] = map[string]any{"name": "example"}
	profiles, err := profile.Load("input", []byte(text(t, input)))
	if err != nil {
		t.Fatal(err)
	}
	return profiles[0]
}

func text(t *testing.T, v any) string {
	t.Helper()
	var b strings.Builder
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
