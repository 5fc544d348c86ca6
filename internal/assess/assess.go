// Package assess is the pipeline: from a profile to a verdict. Every entry point
// calls it, so all of them give the same verdict. It is a pure function of the
// profile, the policy and the configuration: no clock, no network, no chance.
package assess

import (
	"context"
	"fmt"
	"time"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/policy"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// Assessor judges profiles. It is safe for concurrent use.
type Assessor struct {
	Engine    *policy.Engine
	Framework *maestro.Framework
	Config    config.Config
	// Consequences are what Config makes of the rules of Engine.
	Consequences *config.Consequences
	Waivers      []config.Waiver
	// WaiverFiles are where the waivers come from, for the verdict.
	WaiverFiles []verdict.Source
	// Timeout bounds one evaluation of rules and gates; 0 is none.
	Timeout time.Duration
	// Questions asks what disclosures would change the verdict, which means
	// judging the profile once per answer.
	Questions bool
	// Version is the version of this program, for the verdict.
	Version string
}

// judgement is what one run of the pipeline concludes.
type judgement struct {
	profile   *profile.Profile
	derived   facts.Derived
	estimates *facts.Estimates
	score     verdict.Score
	findings  []verdict.Finding
	waivers   []config.Entry
	reasons   []verdict.Reason
	decision  verdict.Decision
}

// Assess judges one profile. An error means that no verdict was reached.
func (a *Assessor) Assess(ctx context.Context, p *profile.Profile) (*verdict.Verdict, error) {
	demanded, discounted := p.Demand(a.Config.Demand)
	j, err := a.judge(ctx, demanded)
	if err != nil {
		return nil, err
	}
	v := a.document(p, j, discounted)
	if a.Questions {
		questions, err := a.questions(ctx, j)
		if err != nil {
			return nil, err
		}
		v.Questions = inSource(j, questions)
	}
	return v, nil
}

// judge is the flow: facts, then score and findings, then gates.
func (a *Assessor) judge(ctx context.Context, p *profile.Profile) (judgement, error) {
	if a.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, a.Timeout)
		defer cancel()
	}
	j := judgement{profile: p, derived: facts.Derive(p, a.Framework)}
	var err error
	if j.estimates, err = j.derived.Estimates(p, a.Config.FactorSet); err != nil {
		return j, err
	}
	if j.score, err = score(a.Config.Formula, j.estimates); err != nil {
		return j, fmt.Errorf("%s: %w", p.Source, err)
	}
	subject, err := policy.NewSubject(p, j.derived)
	if err != nil {
		return j, fmt.Errorf("%s: %w", p.Source, err)
	}
	found, err := a.Engine.Findings(ctx, subject)
	if err != nil {
		return j, fmt.Errorf("%s: %w", p.Source, err)
	}
	j.findings = findings(p, a.consequences(found))
	j.waivers = a.waive(p, j.findings)
	reasons, err := a.Engine.Gate(ctx, subject, a.judged(j))
	if err != nil {
		return j, fmt.Errorf("%s: %w", p.Source, err)
	}
	j.reasons = located(reasons, j.findings)
	j.decision = verdict.Decide(j.reasons)
	return j, nil
}

// document writes a judgement down.
func (a *Assessor) document(p *profile.Profile, j judgement, discounted []profile.Discounted) *verdict.Verdict {
	v := &verdict.Verdict{
		APIVersion: verdict.APIVersion, Kind: verdict.Kind,
		Subject: verdict.Subject{
			Name: p.Metadata.Name, Title: p.Metadata.Title, Version: p.Metadata.Version,
			Summary: p.Metadata.Summary, Source: p.Source, Digest: p.Digest(),
		},
		Decision: j.decision, Reasons: j.reasons, Score: j.score, Findings: j.findings,
		Layers:     a.layers(j),
		Questions:  []verdict.Question{},
		Discounted: []verdict.Discounted{},
		Engine:     verdict.Engine{Audition: a.Version, OPA: policy.OPAVersion()},
	}
	giveReasons(j.profile, j.estimates, &v.Score)
	for _, d := range discounted {
		v.Discounted = append(v.Discounted, verdict.Discounted{Fact: d.Fact, Why: d.Why, Line: p.Position(d.Fact).Line})
	}
	a.provenance(v, j)
	return v
}
