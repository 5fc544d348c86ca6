package policy

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
)

func TestBuiltinRules(t *testing.T) {
	e := load(t, Builtin())
	rules := e.Rules()
	if len(rules) == 0 || !slices.IsSortedFunc(rules, func(a, b maestro.Rule) int { return strings.Compare(a.ID, b.ID) }) {
		t.Errorf("%d rules, or not sorted", len(rules))
	}
	layers := map[string]int{}
	for _, r := range rules {
		layers[r.Layer]++
		if strings.HasPrefix(r.File, "builtin") || !strings.HasPrefix(r.File, "maestro/") {
			t.Errorf("%s is in %s", r.ID, r.File)
		}
	}
	for _, id := range []string{"L1", "L2", "L3", "L4", "L5", "L6", "L7", maestro.CrossLayer} {
		if layers[id] == 0 {
			t.Errorf("layer %s has no rule", id)
		}
	}
	if !slices.Equal(e.gates, []string{"gate"}) {
		t.Errorf("gates %v", e.gates)
	}
}

// TestOrganisationRules stand beside the built-in ones and may refer to them.
func TestOrganisationRules(t *testing.T) {
	e := load(t, Builtin(), source("rule.rego", module("org.test.rule", fires, "suppressed_by: [XL/lethal-trifecta]")))
	var builtin, ours []maestro.Finding
	for _, f := range findings(t, e, example(t)) {
		if f.Rule.ID == "org.test/rule" {
			ours = append(ours, f)
		} else {
			builtin = append(builtin, f)
		}
	}
	if len(ours) != 1 || ours[0].SuppressedBy != "XL/lethal-trifecta" {
		t.Errorf("ours: %+v", ours)
	}
	alone := findings(t, load(t, Builtin()), example(t))
	if describe(builtin) != describe(alone) {
		t.Errorf("beside ours\n%s\nalone\n%s", describe(builtin), describe(alone))
	}
}

// TestBuiltinPackagesAreTaken: nobody adds findings to a built-in rule.
func TestBuiltinPackagesAreTaken(t *testing.T) {
	const pkg = "maestro.cross_layer.lethal_trifecta"
	for name, body := range map[string]string{"with metadata": module(pkg, fires), "without": "package " + pkg + "\n\n" + fires} {
		_, err := Load(context.Background(), framework(t), Builtin(), source("rule.rego", body))
		if err == nil || !strings.Contains(err.Error(), "acme/rule.rego:1") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestMisspeltFieldBesideBuiltin: the schemas of package maestro hold for every
// rule below it.
func TestMisspeltFieldBesideBuiltin(t *testing.T) {
	_, err := Load(context.Background(), framework(t), Builtin(), source("rule.rego",
		module("maestro.l6_security_compliance.rule", `findings contains {} if input.oversight.aproval == "never"`)))
	const want = `acme/rule.rego:11:25: undefined ref: input.oversight.aproval have: "aproval" want (one of): ["ai_disclosure" "approval" "informed_approval" "spending_limit" "stop" "unattended" "undo"]`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestSources: the digest is of Rego files and their paths.
func TestSources(t *testing.T) {
	sound := module("org.test.rule", fires)
	digest := func(s Source) string {
		sources := load(t, s, source("other.rego", module("org.test.other", fires))).Sources()
		if len(sources) != 2 || sources[0].Source != s.Name || sources[1].Source != "acme" {
			t.Errorf("got %+v", sources)
		}
		return sources[0].Digest
	}
	named := func(name string, s Source) Source { s.Name = name; return s }
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

// describe writes findings down so that they can be compared.
func describe(found []maestro.Finding) string {
	var b strings.Builder
	for _, f := range found {
		b.WriteString(strings.Join([]string{f.Rule.ID, string(f.Status), string(f.Severity), f.Term, f.Message,
			strings.Join(f.Facts, " "), strings.Join(f.Controls, " "), f.SuppressedBy}, "|") + "\n")
	}
	return b.String()
}

// TestConcurrentEvaluations share one engine and one profile.
func TestConcurrentEvaluations(t *testing.T) {
	e := load(t, Builtin())
	ctx := context.Background()
	p, silent := example(t), agent(t, "")
	d, none := facts.Derive(p, framework(t)), facts.Derive(silent, framework(t))
	wantFindings, wantSilent := describe(findings(t, e, p)), describe(findings(t, e, silent))
	wantReasons, err := e.Gate(ctx, gateInput(9.5, 10))
	if err != nil || len(wantReasons) == 0 || wantFindings == wantSilent {
		t.Fatalf("%v, %v\n%s", wantReasons, err, wantFindings)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i := range 50 {
				q, derived, want := p, d, wantFindings
				if i%2 == 1 {
					q, derived, want = silent, none, wantSilent
				}
				found, err := e.Findings(ctx, q, derived)
				if got := describe(found); err != nil || got != want {
					t.Errorf("got %v\n%s\nwant\n%s", err, got, want)
					return
				}
				reasons, err := e.Gate(ctx, gateInput(9.5, 10))
				if err != nil || !slices.Equal(reasons, wantReasons) {
					t.Errorf("got %v, %v, want %v", reasons, err, wantReasons)
					return
				}
			}
		})
	}
	group.Wait()
}
