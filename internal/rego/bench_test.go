package rego

import (
	"context"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/audition-dev/audition/policies"
)

// BenchmarkLoad compiles the built-in rules and gates.
func BenchmarkLoad(b *testing.B) {
	ctx, f := context.Background(), framework(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(ctx, f, Builtin()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFindings(b *testing.B) { benchmarkFindings(b, load(b, Builtin())) }

func benchmarkFindings(b *testing.B, e *Engine) {
	ctx, s := context.Background(), subject(b, example(b))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Findings(ctx, s); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(e.Rules())), "rules")
}

func BenchmarkGate(b *testing.B) {
	e, p, in := load(b, Builtin()), example(b), given(9.5, 10)
	s := subject(b, p)
	for _, f := range findings(b, e, p) {
		in.Findings = append(in.Findings, JudgedFinding{
			Rule: f.Rule.ID, Layer: f.Rule.Layer, Kind: f.Rule.Kind, Status: f.Status, Severity: f.Severity, Message: f.Message, Term: f.Term,
		})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Gate(context.Background(), s, in); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLayer evaluates the rules of one layer at a time.
func BenchmarkLayer(b *testing.B) {
	f := framework(b)
	folders := []string{f.CrossLayer}
	for _, l := range f.Layers {
		folders = append(folders, l.Folder)
	}
	for _, folder := range folders {
		b.Run(folder, func(b *testing.B) {
			benchmarkFindings(b, load(b, Source{Name: "layer", FS: layer(b, folder, folders), Builtin: true}))
		})
	}
}

// suppressedBy names rules of other layers, which a layer alone does not have.
var suppressedBy = regexp.MustCompile(`(?m)^#\s+suppressed_by:.*\n`)

// layer is the built-in source with the rules of one folder only.
func layer(b *testing.B, folder string, folders []string) fs.FS {
	b.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(policies.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		for _, other := range folders {
			if other != folder && strings.HasPrefix(path, "maestro/"+other+"/") {
				return nil
			}
		}
		data, err := fs.ReadFile(policies.FS, path)
		out[path] = &fstest.MapFile{Data: suppressedBy.ReplaceAll(data, nil)}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return out
}
