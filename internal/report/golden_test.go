package report

import (
	"io"
	"testing"

	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/verdict"
)

func TestGoldenFormats(t *testing.T) {
	all := golds(t)
	for _, c := range []struct {
		name    string
		printer func(io.Writer, []*verdict.Verdict, Options) error
		of      []*verdict.Verdict
	}{
		// Text has its own test, and the examples are JSON; tests hold YAML and NDJSON
		// against the JSON.
		{"yaml", yamlDocuments, all[:1]}, {"ndjson", ndjson, all[:1]}, {"sarif", sarif, all}, {"junit", junit, all},
		{"github", github, all}, {"gitlab", gitlab, all}, {"markdown", markdown, all},
	} {
		for _, v := range c.of {
			golden.Compare(t, "testdata/"+v.Subject.Name+"."+c.name, printIn(t, c.printer, Options{}, v))
		}
	}
	golden.Compare(t, "testdata/several.markdown", printIn(t, markdown, Options{}, all...))
}
