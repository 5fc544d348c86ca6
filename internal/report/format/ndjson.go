package format

import (
	"io"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// ndjson prints one JSON document a line.
type ndjson struct{ w io.Writer }

func NDJSON(w io.Writer, _ print.Options) print.Writer { return ndjson{w} }

func (n ndjson) Write(v *verdict.Verdict) error { return print.EncodeIndented(n.w, v, "") }
func (n ndjson) Undecided(u verdict.Undecided) error {
	return print.EncodeIndented(n.w, undecidedOf(u), "")
}
func (n ndjson) Close() error { return nil }
