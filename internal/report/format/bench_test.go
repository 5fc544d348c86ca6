package format

import (
	"io"
	"testing"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

func BenchmarkSARIF(b *testing.B)    { benchmark(b, SARIF) }
func BenchmarkMarkdown(b *testing.B) { benchmark(b, Markdown) }

func benchmark(b *testing.B, open reporttest.Opener) {
	v, o := reporttest.Example(b, "desktop-helper"), print.Options{Rules: catalogue()}
	b.ReportAllocs()
	for b.Loop() {
		if err := print.All(open(io.Discard, o), verdict.Record{Verdicts: []*verdict.Verdict{v}}); err != nil {
			b.Fatal(err)
		}
	}
}
