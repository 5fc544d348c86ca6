package facts

import (
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
)

func BenchmarkDerive(b *testing.B) {
	p, f := example(b, "desktop-helper"), framework(b)
	b.ReportAllocs()
	for b.Loop() {
		Derive(p, f)
	}
}

func BenchmarkEstimates(b *testing.B) {
	p := example(b, "desktop-helper")
	d := Derive(p, framework(b))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Estimates(p, How{Set: &aivss.SetV05, Mitigate: true}); err != nil {
			b.Fatal(err)
		}
	}
}
