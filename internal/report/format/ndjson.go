package format

import (
	"bytes"
	"io"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// NDJSON prints one JSON verdict a line.
func NDJSON(w io.Writer, verdicts []*verdict.Verdict, _ print.Options) error {
	var out bytes.Buffer
	for _, v := range verdicts {
		if err := print.EncodeIndented(&out, v, ""); err != nil {
			return err
		}
	}
	_, err := w.Write(out.Bytes())
	return err
}
