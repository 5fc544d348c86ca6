package assess

import (
	"context"

	"github.com/audition-dev/audition/internal/policy"
	"github.com/audition-dev/audition/internal/profile"
)

// Inputs returns what rules and what gates read of a profile: what Assess
// evaluates, for whoever measures it.
func (a *Assessor) Inputs(ctx context.Context, p *profile.Profile) (policy.Subject, policy.Judged, error) {
	demanded, _ := p.Demand(a.Config.Demand)
	j, err := a.judge(ctx, demanded)
	if err != nil {
		return policy.Subject{}, policy.Judged{}, err
	}
	subject, err := policy.NewSubject(j.profile, j.derived)
	return subject, a.judged(j), err
}
