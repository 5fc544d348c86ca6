package profile

import (
	"os"
	"testing"
)

func releaseNotes(b *testing.B) []byte {
	b.Helper()
	data, err := os.ReadFile("../../examples/release-notes/profile.yaml")
	if err != nil {
		b.Fatal(err)
	}
	return data
}

func BenchmarkLoad(b *testing.B) {
	data := releaseNotes(b)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load("f", data); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDemand keeps every fact, which copies most.
func BenchmarkDemand(b *testing.B) {
	p := load(b, string(releaseNotes(b)))
	b.ReportAllocs()
	for b.Loop() {
		if _, discounted, err := p.Demand(Demand{Minimum: "documented"}); len(discounted) > 0 || err != nil {
			b.Fatal(discounted, err)
		}
	}
}
