package assess

import (
	"slices"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// follow decides what follows from findings: first what the configuration
// makes of each, then which say the same as a worse one.
func (a *Assessor) follow(found []maestro.Finding) []maestro.Finding {
	found = a.consequences.Apply(found)
	slices.SortFunc(found, maestro.Finding.Compare)
	maestro.Suppress(found)
	return found
}

// Waivable returns an agent as waivers see it, and the index of each of its
// findings. These are the ones that count without any waiver: what a waived
// finding covers stays covered, so that a waiver never makes a verdict stricter.
func Waivable(p *profile.Profile, findings []verdict.Finding) (agent config.Agent, indices []int) {
	agent = config.Agent{Name: p.Metadata.Name, Digest: p.Digest()}
	for i, f := range findings {
		f.WaivedBy = ""
		if f.Counts() {
			agent.Findings = append(agent.Findings, config.Key{Rule: f.Rule, Term: f.Term})
			indices = append(indices, i)
		}
	}
	return agent, indices
}

// WaiverLimits are what the configuration allows of waivers.
func (a *Assessor) WaiverLimits() config.WaiverLimits {
	l := a.config.Waivers
	l.Denied = func(rule string) bool {
		_, ok := a.consequences.Waivable(rule)
		return !ok
	}
	return l
}

// waive marks the findings that waivers cover, and returns the waivers that are
// for the agent.
func (a *Assessor) waive(p *profile.Profile, findings []verdict.Finding) []config.Entry {
	var own []config.Waiver
	for _, w := range a.options.Waivers {
		if w.Agent == p.Metadata.Name {
			own = append(own, w)
		}
	}
	if len(own) == 0 {
		return nil
	}
	agent, indices := Waivable(p, findings)
	day, limits := a.day, a.WaiverLimits()
	for i, w := range config.Cover(own, day, limits, agent) {
		if w != nil {
			findings[indices[i]].WaivedBy = w.Place().String()
		}
	}
	return config.Review(own, day, limits, []config.Agent{agent})
}
