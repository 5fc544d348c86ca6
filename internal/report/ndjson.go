package report

import (
	"io"

	"github.com/audition-dev/audition/internal/verdict"
)

// ndjson prints one JSON document a line.
type ndjson struct{ w io.Writer }

func newNDJSON(w io.Writer, _ Options) Writer { return ndjson{w} }

func (n ndjson) Write(v *verdict.Verdict) error      { return encodeIndented(n.w, v, "") }
func (n ndjson) Undecided(u verdict.Undecided) error { return encodeIndented(n.w, undecidedOf(u), "") }
func (n ndjson) Close() error                        { return nil }
