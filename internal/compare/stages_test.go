//go:build unix

package compare

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/assess/assesstest"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/report/format"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// staged is an agent on its way.
type staged struct {
	text    []byte
	profile *profile.Profile
	subject rego.Subject
	judged  rego.Judged
	verdict *verdict.Verdict
}

// stages shows where the time of one agent goes: each stage of the way alone, over some
// of the agents, in one process.
func (b *bench) stages() string {
	ctx, day := context.Background(), time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	a, err := assesstest.Builtin(day, profile.Demand{}, assess.Options{})
	b.try(err)
	some := make([]staged, min(500, b.agents))
	for i := range some {
		s := &some[i]
		s.text, err = os.ReadFile(filepath.Join(b.path("yaml"), fmt.Sprintf("agent-%06d.yaml", i)))
		b.try(err)
	}
	stage := func(do func(s *staged) error) time.Duration {
		var took []time.Duration
		for range 2*b.rounds + 1 {
			d, err := spentBy(func() (err error) {
				for i := range some {
					if err == nil {
						err = do(&some[i])
					}
				}
				return err
			})
			b.try(err)
			took = append(took, d)
		}
		return middle(took, func(d time.Duration) time.Duration { return d })
	}
	yaml := stage(func(s *staged) error { _, err := document.Read("a.yaml", s.text); return err })
	load := stage(func(s *staged) error {
		profiles, err := profile.Load("a.yaml", s.text)
		if err == nil {
			s.profile = profiles[0]
		}
		return err
	})
	score := stage(func(s *staged) error {
		_, err := assess.Score(s.profile, a.Framework(), a.Config(), assess.Options{}, day)
		return err
	})
	whole := stage(func(s *staged) (err error) { s.verdict, err = a.Assess(ctx, s.profile); return err })
	stage(func(s *staged) (err error) { s.subject, s.judged, err = a.Inputs(ctx, s.profile); return err })
	rules := stage(func(s *staged) error { _, err := a.Engine().Find(ctx, s.subject); return err })
	gates := stage(func(s *staged) error { _, err := a.Engine().Gate(ctx, s.subject, s.judged); return err })
	write := stage(func(s *staged) error { return format.NDJSON(io.Discard, print.Options{}).Write(s.verdict) })

	all := load + whole + write
	out := table{"Where it goes", fmt.Sprintf("Of the CPU that one agent takes in a batch, in hundredths, over %d agents in one process.", len(some)), []string{"", "%"}, nil}
	for _, part := range []struct {
		name string
		took time.Duration
	}{
		{"YAML to values with their places", yaml},
		{"schema, facts, contradictions", load - yaml},
		{"what follows from facts, and the score with its reasons", score},
		{"rules, and their findings with metadata", rules},
		{"gates, and what they read", gates},
		{"the worst that silence may hide, consequences, layers, lines, digests", whole - score - rules - gates},
		{"JSON", write},
	} {
		out.rows = append(out.rows, []string{part.name, fmt.Sprintf("%d", (100*part.took+all/2)/all)})
	}
	return out.String()
}
