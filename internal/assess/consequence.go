package assess

import (
	"slices"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
	"github.com/audition-dev/audition/internal/waiver"
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
func Waivable(p *profile.Profile, findings []verdict.Finding) (agent waiver.Agent, indices []int) {
	agent = waiver.Agent{Name: p.Metadata.Name, Source: p.Source, Digest: p.Digest()}
	for i, f := range findings {
		f.WaivedBy = ""
		if f.Counts() {
			agent.Findings = append(agent.Findings, waiver.Key{Rule: f.Rule, Term: f.Term})
			indices = append(indices, i)
		}
	}
	return agent, indices
}

// WaiverLimits are what the configuration allows of waivers.
func (a *Assessor) WaiverLimits() waiver.Limits {
	l := a.config.Waivers
	l.Denied = func(rule string) bool {
		_, ok := a.consequences.Waivable(rule)
		return !ok
	}
	return l
}

// Days are the days that waivers are judged at.
func (a *Assessor) Days() waiver.Days { return waiver.Days{Effective: a.day, Today: a.options.Today} }

// waive marks the findings that waivers cover, and returns the waivers that are
// for the agent.
func (a *Assessor) waive(p *profile.Profile, findings []verdict.Finding) []waiver.Entry {
	if len(a.options.Waivers) == 0 {
		return nil
	}
	agent, indices := Waivable(p, findings)
	var own []waiver.Waiver
	for _, w := range a.options.Waivers {
		if w.Of(agent) {
			own = append(own, w)
		}
	}
	if len(own) == 0 {
		return nil
	}
	limits := a.WaiverLimits()
	entries := waiver.Review(own, a.Days(), limits, []waiver.Agent{agent})
	for i, w := range waiver.Cover(own, a.Days(), limits, agent) {
		if w == nil {
			continue
		}
		at := slices.IndexFunc(entries, func(e waiver.Entry) bool { return e.Waiver == *w })
		f := &findings[indices[i]]
		f.WaivedBy, f.Waiver = w.Place(), &at
	}
	emerge(findings, limits.Denied)
	return entries
}

// emerge lets findings count whose rule may not be waived where nothing that says
// the same counts any more, since a waiver accepts it. They are no worse than what
// was accepted: still no waiver makes a verdict stricter.
func emerge(findings []verdict.Finding, denied func(rule string) bool) {
	for i := range findings {
		f := &findings[i]
		if f.SuppressedBy == "" || !denied(f.Rule) {
			continue
		}
		stands := slices.ContainsFunc(findings, func(by verdict.Finding) bool {
			return by.Rule == f.SuppressedBy && by.WaivedBy == "" && (by.Term == f.Term || by.Term == "" || f.Term == "")
		})
		if !stands {
			f.SuppressedBy = ""
		}
	}
}
