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

func fires(t *testing.T, e *rego.Engine, r maestro.Rule, example any) bool {
	t.Helper()
	object, ok := example.(map[string]any)
	if !ok {
		t.Fatalf("expected an input, got %v", example)
	}
	input := maps.Clone(object)
	derived, _ := input["derived"].(map[string]any)
	delete(input, "derived")
	p := load(t, input)
	d := facts.Derive(p, framework(t))
	got := d.Input()
	for key, want := range derived {
		if a, b := text(t, got[key]), text(t, want); a != b {
			t.Errorf("%s: %s is %s, derived from the facts it is %s", r.ID, key, b, a)
		}
	}
	subject, err := rego.NewSubject(p, d)
	if err != nil {
		t.Fatal(err)
	}
	findings, err := e.Findings(context.Background(), subject)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(findings, func(f maestro.Finding) bool { return f.Rule.ID == r.ID })
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
