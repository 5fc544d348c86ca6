package assess

import (
	"slices"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// consequences decides what follows from findings: first what the configuration
// makes of each, then which say the same as a worse one.
func (a *Assessor) consequences(found []maestro.Finding) []maestro.Finding {
	found = a.Consequences.Apply(found)
	slices.SortFunc(found, maestro.Finding.Compare)
	maestro.Suppress(found)
	return found
}

// waive marks the findings that waivers cover. It comes last: what a waived
// finding covers stays covered, so that a waiver never makes a verdict stricter.
func (a *Assessor) waive(p *profile.Profile, findings []verdict.Finding) []config.Entry {
	if len(a.Waivers) == 0 {
		return nil
	}
	agent := config.Agent{Name: p.Metadata.Name, Digest: p.Digest()}
	for _, f := range findings {
		agent.Findings = append(agent.Findings, config.Key{Rule: f.Rule, Term: f.Term})
	}
	waivedBy, entries := config.Apply(a.Waivers, a.Config, a.Consequences, agent)
	for i, w := range waivedBy {
		if w != nil && findings[i].Kind != maestro.Strength {
			findings[i].WaivedBy = w.Place().String()
		}
	}
	return entries
}
