package policies_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/policy"
	"github.com/audition-dev/audition/internal/profile"
)

// TestBadAndGood takes the inputs bad and good of every rule's test through the
// whole program: as a profile they load, what Go derives of them is what the
// test says, the rule fires on bad and is silent on good.
func TestBadAndGood(t *testing.T) {
	e, c := engine(t), compiled(t, parseAll(t))
	for _, r := range e.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			if !fires(t, e, c, r, "bad") {
				t.Error("silent on bad")
			}
			if fires(t, e, c, r, "good") {
				t.Error("fires on good")
			}
		})
	}
}

func fires(t *testing.T, e *policy.Engine, c *ast.Compiler, r maestro.Rule, name string) bool {
	t.Helper()
	ctx := context.Background()
	rs, err := rego.New(rego.Query("data."+r.Package+"_test."+name), rego.Compiler(c)).Eval(ctx)
	if err != nil || len(rs) != 1 {
		t.Fatalf("%s: expected an input, got %d values, %v", name, len(rs), err)
	}
	input := maps.Clone(rs[0].Expressions[0].Value.(map[string]any))
	derived, _ := input["derived"].(map[string]any)
	delete(input, "derived")
	p := load(t, input)
	d := facts.Derive(p, framework(t))
	got := d.Input()
	for key, want := range derived {
		if a, b := text(t, got[key]), text(t, want); a != b {
			t.Errorf("%s: %s is %s, derived from the facts it is %s", name, key, b, a)
		}
	}
	subject, err := policy.NewSubject(p, d)
	if err != nil {
		t.Fatal(err)
	}
	findings, err := e.Findings(ctx, subject)
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
