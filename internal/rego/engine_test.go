package rego

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/policies"
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
	if gates := e.Catalogue().Gates; len(gates) != 1 || gates[0].Package != "gate" || !slices.Equal(gates[0].Decisions, []string{"reject", "review"}) {
		t.Errorf("gates %v", gates)
	}
}

// TestBuiltinDigest: what verdicts call the builtin policy is the hash of its rules,
// gates and tables, the name, the length and the text of each. It is tested here alone: any
// rule changes it.
func TestBuiltinDigest(t *testing.T) {
	sum, files := sha256.New(), 0
	err := fs.WalkDir(policies.FS, ".", func(name string, d fs.DirEntry, err error) error {
		rule := path.Ext(name) == ".rego" && !strings.HasSuffix(name, "_test.rego")
		if table := path.Dir(name) == "." && path.Ext(name) == ".yaml"; err != nil || !rule && !table {
			return err
		}
		data, err := fs.ReadFile(policies.FS, name)
		files++
		fmt.Fprintf(sum, "%s %d\n%s", name, len(data), data)
		return err
	})
	if err != nil || files < 50 {
		t.Fatalf("%d files, %v", files, err)
	}
	want := fmt.Sprintf("sha256:%x", sum.Sum(nil))
	if got := load(t, Builtin()).Sources(); len(got) != 1 || got[0].Source != "builtin" || got[0].Digest != want {
		t.Errorf("got %+v, want %s", got, want)
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

// describe writes findings down so that they can be compared.
func describe(found []maestro.Finding) string {
	var b strings.Builder
	for _, f := range found {
		b.WriteString(strings.Join([]string{f.Rule.ID, string(f.Status), string(f.Severity), f.Term, f.Message,
			strings.Join(f.Facts, " "), strings.Join(f.Controls, " "), f.SuppressedBy}, "|") + "\n")
	}
	return b.String()
}

// TestConcurrentEvaluations share one engine and one agent.
func TestConcurrentEvaluations(t *testing.T) {
	e := load(t, Builtin())
	ctx := context.Background()
	p, q := example(t), agent(t, "")
	wantFindings, wantSilent := describe(findings(t, e, p)), describe(findings(t, e, q))
	wantReasons, err := e.Gate(ctx, subject(t, p), given(9.5, 10))
	if err != nil || len(wantReasons) == 0 || wantFindings == wantSilent {
		t.Fatalf("%v, %v\n%s", wantReasons, err, wantFindings)
	}
	full, empty := subject(t, p), subject(t, q)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i := range 50 {
				s, want := full, wantFindings
				if i%2 == 1 {
					s, want = empty, wantSilent
				}
				found, err := e.Findings(ctx, s)
				settle(found)
				if got := describe(found); err != nil || got != want {
					t.Errorf("got %v\n%s\nwant\n%s", err, got, want)
					return
				}
				reasons, err := e.Gate(ctx, s, given(9.5, 10))
				if err != nil || !slices.Equal(reasons, wantReasons) {
					t.Errorf("got %v, %v, want %v", reasons, err, wantReasons)
					return
				}
			}
		})
	}
	group.Wait()
}
