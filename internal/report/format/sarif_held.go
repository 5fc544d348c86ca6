package format

import (
	"fmt"
	"io"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// sarifRunning holds verdicts up to the results that GitHub accepts.
type sarifRunning struct {
	held
	results int
}

// SARIF prints one run with the findings of all agents, whose catalogue of rules
// stands before them: it holds all verdicts. More results than GitHub accepts are an
// error as soon as they are there: without some, GitHub would take them for mended.
func SARIF(w io.Writer, o print.Options) print.Writer {
	return &sarifRunning{held: held{print: func(r verdict.Record) error { return sarif(w, r, o) }}}
}

func (s *sarifRunning) Write(v *verdict.Verdict) error {
	for _, f := range v.Findings {
		if f.Kind != maestro.Strength && f.SuppressedBy == "" {
			s.results++
		}
	}
	if s.results > MaxResults {
		return fmt.Errorf("sarif: expected at most %d results, got %d by %s; check fewer agents in one run", MaxResults, s.results, print.Clean(v.Subject.Name))
	}
	return s.held.Write(v)
}
