package format

import (
	"testing"

	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

func TestGoldenFormats(t *testing.T) {
	all := reporttest.Golds(t)
	for _, c := range []struct {
		name string
		open reporttest.Opener
		of   []*verdict.Verdict
	}{
		// Text has its own test, and the examples are JSON; tests hold YAML and NDJSON
		// against the JSON.
		{"yaml", YAML, all[:1]}, {"ndjson", NDJSON, all[:1]}, {"sarif", SARIF, all}, {"junit", JUnit, all},
		{"github", GitHub, all}, {"gitlab", GitLab, all}, {"markdown", Markdown, all},
	} {
		for _, v := range c.of {
			golden.Compare(t, "testdata/"+v.Subject.Name+"."+c.name, reporttest.PrintIn(t, c.open, print.Options{}, v))
		}
	}
	golden.Compare(t, "testdata/several.markdown", reporttest.PrintIn(t, Markdown, print.Options{}, all...))
}
