package assess

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/profile"
)

// FuzzAssess takes bytes through the whole pipeline: no panic, and every verdict
// is consistent in itself.
func FuzzAssess(f *testing.F) {
	seeds, err := filepath.Glob("../../examples/*/profile.yaml")
	if err != nil || len(seeds) == 0 {
		f.Fatal("no example to start from", err)
	}
	for _, file := range seeds {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	a := assessor(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		profiles, err := profile.Load("fuzz", data)
		if err != nil {
			return
		}
		for _, p := range profiles[:min(3, len(profiles))] {
			v, err := a.Assess(context.Background(), p)
			if err != nil {
				continue
			}
			s := v.Score
			if s.Low > s.AIVSS || s.AIVSS > s.High || s.Severity != aivss.Band(s.AIVSS) {
				t.Errorf("score %v %s, interval %v to %v", s.AIVSS, s.Severity, s.Low, s.High)
			}
			if (len(v.Reasons) == 0) != (v.Decision == "approve") {
				t.Errorf("%s for %d reasons", v.Decision, len(v.Reasons))
			}
			for _, f := range v.Findings {
				for _, fact := range f.Facts {
					if fact.Disclosed && fact.Line < 1 {
						t.Errorf("%s: %s is disclosed and has no line", f.Rule, fact.Pointer)
					}
				}
			}
			if _, err := json.Marshal(v); err != nil {
				t.Error(err)
			}
		}
	})
}

func BenchmarkAssess(b *testing.B) {
	for _, name := range []string{"release-notes", "desktop-helper"} {
		b.Run(name, func(b *testing.B) {
			a, p := assessor(b), example(b, name)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := a.Assess(context.Background(), p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
