package confine

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/value"
)

const keptGate = "package org.acme.gate\n\nreject contains {\"message\": \"no\"}\n"

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (k Plans) mustCompile(t *testing.T, refs []Ref, m rego.Mode) policy {
	t.Helper()
	framework, err := rego.Framework()
	if err != nil {
		t.Fatal(err)
	}
	p, err := k.compile(context.Background(), framework, refs, m)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPlans: what is kept of a policy is used for that policy, by that program, and for
// nothing else.
func TestPlans(t *testing.T) {
	plans, dir := Plans{Dir: filepath.Join(t.TempDir(), "kept"), By: "program"}, t.TempDir()
	gate, data := filepath.Join(dir, "gate.rego"), filepath.Join(dir, "data.json")
	refs, trusted := []Ref{{Name: "org", Path: dir}}, []Ref{{Name: "org", Path: dir, Trusted: true}}
	is := func(what string, k Plans, refs []Ref, m rego.Mode, want bool) {
		t.Helper()
		if _, kept := k.mustCompile(t, refs, m).(*rego.Kept); kept != want {
			t.Errorf("%s: kept is %v, want %v", what, kept, want)
		}
	}
	put(t, gate, keptGate)
	is("the first time", plans, refs, rego.Auto, false)
	is("the second time", plans, refs, rego.Auto, true)
	is("without a directory", Plans{}, refs, rego.Auto, false)
	is("by another program", Plans{plans.Dir, "other"}, refs, rego.Auto, false)
	is("for the interpreter", plans, refs, rego.Topdown, false)
	is("of trusted policy", plans, trusted, rego.Auto, false)
	put(t, gate, strings.Replace(keptGate, "no", "never", 1))
	is("of other rules", plans, refs, rego.Auto, false)
	put(t, data, `{"org": {"acme": {"limit": 1}}}`)
	is("with data", plans, refs, rego.Auto, false)
	is("with data again", plans, refs, rego.Auto, true)
	put(t, data, `{"org": {"acme": {"limit": 2}}}`)
	is("with other data", plans, refs, rego.Auto, false)

	entries, err := filepath.Glob(filepath.Join(plans.Dir, "*", "*"))
	if err != nil || len(entries) == 0 {
		t.Fatal("nothing is kept", err)
	}
	for _, name := range entries {
		put(t, name, "broken")
	}
	is("of what is broken", plans, refs, rego.Auto, false)
	is("of what is whole again", plans, refs, rego.Auto, true)
}

// TestKept: a policy that was kept evaluates as before, its data and what is not compiled
// too; where its sources are needed they have to be those that were kept.
func TestKept(t *testing.T) {
	plans, dir, ctx := Plans{Dir: t.TempDir(), By: "program"}, t.TempDir(), context.Background()
	gate := filepath.Join(dir, "gate.rego")
	refs := []Ref{{Name: "org", Path: dir}}
	put(t, gate, keptGate)
	put(t, filepath.Join(dir, "data.json"), `{"org": {"acme": {"limit": 1}}}`)
	plans.mustCompile(t, refs, rego.Auto)
	kept, ok := plans.mustCompile(t, refs, rego.Auto).(*rego.Kept)
	if !ok {
		t.Fatal("nothing is kept")
	}
	for term, want := range map[string]string{
		"data.org.acme.gate.reject": `[{{"message": "no"}}]`,
		"data.org.acme.limit":       "[1]", // which is in no plan
	} {
		p, err := kept.Prepare(ctx, []string{term})
		if err != nil {
			t.Fatal(err)
		}
		if v, err := p.Eval(ctx, new(value.Arena).Object(0)); err != nil || v.AST().String() != want {
			t.Errorf("%s: got %v, %v, want %s", term, v.AST(), err, want)
		}
	}
	kept, _ = plans.mustCompile(t, refs, rego.Auto).(*rego.Kept)
	put(t, gate, strings.Replace(keptGate, "no", "other", 1))
	if _, err := kept.Prepare(ctx, []string{"data.org.acme.limit"}); err == nil || err.Error() != "policy: changed while it was in use" {
		t.Errorf("got %v", err)
	}
}

// TestPlansOfWhatChanges: the plan of what was changed meanwhile is not kept for what was
// there before.
func TestPlansOfWhatChanges(t *testing.T) {
	ctx, plans := context.Background(), Plans{Dir: t.TempDir(), By: "program"}
	framework, err := rego.Framework()
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	sources := []rego.Source{{Name: "org", FS: files}}
	for _, changes := range []bool{true, false} {
		files["gate.rego"] = &fstest.MapFile{Data: []byte(keptGate)}
		_, err := plans.kept(ctx, sources, func(ctx context.Context) (*rego.Policy, error) {
			if changes {
				files["gate.rego"] = &fstest.MapFile{Data: []byte(strings.Replace(keptGate, "no", "other", 1))}
			}
			return rego.Compile(ctx, framework, rego.Builtin(), sources[0])
		})
		if err != nil {
			t.Fatal(err)
		}
		if entries, err := filepath.Glob(filepath.Join(plans.Dir, "*", "*")); err != nil || len(entries) > 0 == changes {
			t.Errorf("changes %v: kept %v, %v", changes, entries, err)
		}
	}
}
