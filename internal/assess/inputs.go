package assess

import (
	"context"

	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
)

// Inputs returns what rules and what gates read of a profile: what Assess
// evaluates, for whoever measures it.
func (a *Assessor) Inputs(ctx context.Context, p *profile.Profile) (rego.Subject, rego.Judged, error) {
	_, j, err := a.Judged(ctx, p)
	if err != nil {
		return rego.Subject{}, rego.Judged{}, err
	}
	subject, err := rego.NewSubject(j.Profile, j.Derived)
	return subject, a.judged(j), err
}
