package advise

import (
	"cmp"
	"context"
	"slices"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// shrinking is the search for disclosures none of which can be left out.
type shrinking struct {
	adviser
	p *profile.Profile
	// best is what the steps lead to: approval.
	best  assess.Judgement
	steps []verdict.Disclosure
	// left is how often may still be judged, less than 0 if that was not enough.
	left int
}

// shrink leaves out every step without which the agent is approved all the same, from
// the least effective, until none is. It begins with many at once.
func (s *shrinking) shrink(ctx context.Context) error {
	if err := s.parts(ctx, 0, len(s.steps)); err != nil {
		return err
	}
	for before := len(s.steps) + 1; len(s.steps) < before; {
		before = len(s.steps)
		for i := len(s.steps) - 1; i >= 0; i-- {
			if _, err := s.without(ctx, i, i+1); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(s.steps, func(x, y verdict.Disclosure) int { return cmp.Compare(x.Fact, y.Fact) })
	return nil
}

// parts leaves out what it can of some steps: all, or of each half what it can.
func (s *shrinking) parts(ctx context.Context, from, to int) error {
	if gone, err := s.without(ctx, from, to); gone || err != nil || to-from <= 1 {
		return err
	}
	middle := (from + to) / 2
	if err := s.parts(ctx, middle, to); err != nil {
		return err
	}
	return s.parts(ctx, from, middle)
}

// without leaves out some steps if it can.
func (s *shrinking) without(ctx context.Context, from, to int) (gone bool, err error) {
	if s.left--; s.left < 0 {
		return false, nil
	}
	less := slices.Delete(slices.Clone(s.steps), from, to)
	k, err := s.Again(ctx, s.best, disclose(s.p, less))
	if err != nil || k.Decision != verdict.Approve {
		return false, err
	}
	s.steps, s.best = less, k
	return true, nil
}
