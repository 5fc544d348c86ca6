package rego

import (
	"bytes"
	"context"
	"reflect"
	"testing"

	"github.com/audition-dev/audition/internal/golden"
)

// TestKept: what is kept of the builtin policy is what its sources come to.
func TestKept(t *testing.T) {
	ctx := context.Background()
	p, err := Compile(ctx, framework(t), Builtin())
	if err != nil {
		t.Fatal(err)
	}
	of := builtin(t)
	data, err := Keep(ctx, p, of)
	if err != nil {
		t.Fatal(err)
	}
	golden.Bytes(t, "builtin.plan", data)
	k, ok := Unkeep(data, of, compileBuiltin)
	if !ok || !reflect.DeepEqual(k.Catalogue(), p.Catalogue()) {
		t.Fatal("it is not what was kept")
	}
	again, err := k.plan.Encode()
	if err != nil || !bytes.HasSuffix(data, again) {
		t.Error("the plan is not what was kept", err)
	}
	kept, err := NewEngine(ctx, k.Catalogue(), k)
	if err != nil {
		t.Fatal(err)
	}
	here, err := NewEngine(ctx, p.Catalogue(), p.With(Topdown))
	if err != nil {
		t.Fatal(err)
	}
	for _, agent := range exampleAgents(t) {
		alike(t, kept.findings, here.findings, subject(t, agent).Input())
	}
	off := []string{k.Catalogue().Rules[0].ID, k.Catalogue().Rules[50].ID}
	fewer, err := kept.Without(ctx, off)
	if err != nil {
		t.Fatal(err)
	}
	want, err := here.Without(ctx, off)
	if err != nil {
		t.Fatal(err)
	}
	alike(t, fewer.findings, want.findings, subject(t, example(t)).Input())
}

// TestNotKept: what is kept of something else, or broken, is not used.
func TestNotKept(t *testing.T) {
	of := builtin(t)
	if _, ok := Unkeep(builtinPlan, of, nil); !ok {
		t.Error("what is kept is not of the builtin policy; run go test ./internal/rego -run TestKept -update")
	}
	for _, data := range [][]byte{nil, []byte("{}\n"), bytes.Replace(builtinPlan, []byte(`"Of":"`), []byte(`"Of":"0`), 1), builtinPlan[:len(builtinPlan)-1]} {
		if _, ok := Unkeep(data, of, nil); ok {
			t.Errorf("%d bytes are used", len(data))
		}
	}
}

func builtin(t *testing.T) string {
	t.Helper()
	of, err := builtinDigest()
	if err != nil {
		t.Fatal(err)
	}
	return of
}

// TestBuiltinEngine explains as one of sources does, which needs them.
func TestBuiltinEngine(t *testing.T) {
	ctx := context.Background()
	e, err := LoadBuiltin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	sources := load(t, Builtin())
	if got, want := describe(findings(t, e, example(t))), describe(findings(t, sources, example(t))); got != want || e.Mode() != Compiled {
		t.Errorf("%s\ngot  %s\nwant %s", e.Mode(), got, want)
	}
	id := e.Rules()[0].ID
	bad, good, err := e.Examples(ctx, id)
	wantBad, wantGood, wantErr := sources.Examples(ctx, id)
	if err != nil || wantErr != nil || !reflect.DeepEqual(bad, wantBad) || !reflect.DeepEqual(good, wantGood) {
		t.Errorf("got %v, %v, %v, want %v, %v", bad, good, err, wantBad, wantGood)
	}
	p, err := e.evaluator.Prepare(ctx, []string{"1 + 1"})
	if err != nil {
		t.Fatal(err)
	}
	if v, err := p.Eval(ctx, nil); err != nil || v.AST().String() != "[2]" {
		t.Errorf("got %v, %v", v, err)
	}
}

// BenchmarkLoadBuiltin is what a run begins with.
func BenchmarkLoadBuiltin(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := LoadBuiltin(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
