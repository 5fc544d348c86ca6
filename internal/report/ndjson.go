package report

import (
	"bytes"
	"io"

	"github.com/audition-dev/audition/internal/verdict"
)

// ndjson prints one JSON verdict a line.
func ndjson(w io.Writer, verdicts []*verdict.Verdict, _ Options) error {
	var out bytes.Buffer
	for _, v := range verdicts {
		if err := encodeIndented(&out, v, ""); err != nil {
			return err
		}
	}
	_, err := w.Write(out.Bytes())
	return err
}
