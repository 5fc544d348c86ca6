// Package batch judges many agents: inputs go in, verdicts come out one by one, in
// the order of the inputs, and nothing is kept of those that are done.
package batch

import (
	"context"
	"fmt"
	"io"
	"iter"

	"github.com/audition-dev/audition/internal/advise"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/find"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// Judged is an agent and its verdict, or an input that could not be judged from
// Err on.
type Judged struct {
	Input   find.Input
	Profile *profile.Profile
	Verdict *verdict.Verdict
	Err     error
}

// Run is how inputs are judged.
type Run struct {
	Assessor *assess.Assessor
	// Stdin is what the input "-" stands for.
	Stdin io.Reader
	// Questions tells whether to ask them where so many agents are judged; nil is
	// never.
	Questions func(agents int) bool
}

// All judges the inputs. It ends early when ctx does, with one error.
func (r Run) All(ctx context.Context, inputs []find.Input) iter.Seq[Judged] {
	return func(yield func(Judged) bool) {
		names := map[string]string{}
		for i, in := range inputs {
			if err := ctx.Err(); err != nil {
				more := ""
				if left := len(inputs) - i - 1; left > 0 {
					more = fmt.Sprintf(" and %d more", left)
				}
				yield(Judged{Input: in, Err: fault.Undecided(fmt.Errorf("stopped before %s%s: %w", in.Name, more, err))})
				return
			}
			for j := range r.one(ctx, in, len(inputs), names) {
				if !yield(j) || ctx.Err() != nil {
					return
				}
			}
		}
	}
}

// one judges the agents of an input, all of them or up to an error. Names has where
// each agent was seen.
func (r Run) one(ctx context.Context, in find.Input, inputs int, names map[string]string) iter.Seq[Judged] {
	return func(yield func(Judged) bool) {
		profiles, err := in.Profiles(ctx, r.Stdin)
		if err != nil {
			yield(Judged{Input: in, Err: err})
			return
		}
		judge := (*assess.Assessor).Assess
		if r.Questions != nil && r.Questions(max(inputs, len(profiles))) {
			judge = func(a *assess.Assessor, ctx context.Context, p *profile.Profile) (*verdict.Verdict, error) {
				return advise.Assess(ctx, a, p)
			}
		}
		for _, p := range profiles {
			j := Judged{Input: in, Profile: p}
			if j.Err = twice(names, p); j.Err == nil {
				j.Verdict, j.Err = judge(r.Assessor, ctx, p)
			}
			if !yield(j) || j.Err != nil {
				return
			}
		}
	}
}

// twice refuses a second agent of one name: whatever is said of the one would be
// taken for the other.
func twice(names map[string]string, p *profile.Profile) error {
	first, seen := names[p.Metadata.Name]
	if seen {
		return fault.Undecided(p.Errorf("/metadata/name", "another agent of this run is called %s, in %s; expected names that differ", p.Metadata.Name, first))
	}
	names[p.Metadata.Name] = p.Source
	return nil
}
