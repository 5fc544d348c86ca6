// Package assess is the pipeline: from a profile to a verdict. Every entry point
// calls it, so all of them give the same verdict. It is a pure function of the
// profile, the policy and the configuration: no clock, no network, no chance.
package assess

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/audition-dev/audition/internal/assessment"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/undisclosed"
	"github.com/audition-dev/audition/internal/verdict"
	"github.com/audition-dev/audition/internal/waiver"
)

// Assessor judges profiles. [New] makes one. It is safe for concurrent use.
type Assessor struct {
	engine       *rego.Engine
	framework    *maestro.Framework
	config       config.Config
	consequences *config.Consequences
	said         rego.JudgedConfig // to gates
	day          time.Time
	options      Options
}

// Options are what an assessor can do without.
type Options struct {
	Waivers []waiver.Waiver
	// Assessments are what the organisation decided about scores, of an agent one.
	Assessments []assessment.Assessment
	// Table is what estimates are made from; nil is the builtin one.
	Table *facts.Table
	// WaiverFiles and AssessmentFiles are where these come from, for the verdict.
	WaiverFiles, AssessmentFiles []verdict.Source
	// Timeout bounds one evaluation of rules and gates; 0 is none.
	Timeout time.Duration
	// Today, the day by the calendar, keeps waivers from beginning before their time
	// where the effective day is still to come; the zero Today is that day.
	Today time.Time
	// Version is the version of this program, for the verdict.
	Version string
}

// New makes an assessor of an engine with all its rules and gates; the
// configuration says which of them are off. It fails where the configuration names
// what the engine does not have. Day is the one at which evidence and waivers are
// judged.
func New(ctx context.Context, engine *rego.Engine, framework *maestro.Framework, cfg config.Config, day time.Time, o Options) (*Assessor, error) {
	consequences, err := cfg.Resolve(engine.Rules(), engine.Gates())
	if err != nil {
		return nil, err
	}
	if engine, err = engine.Without(ctx, consequences.Off()); err != nil {
		return nil, err
	}
	out := &Assessor{engine: engine, framework: framework, config: cfg, consequences: consequences, day: day, options: o}
	out.said.Disclosure.Floor = cfg.Floor
	thresholds, err := json.Marshal(cfg.Thresholds)
	if err != nil {
		return nil, err
	}
	return out, json.Unmarshal(thresholds, &out.said.Thresholds)
}

// Engine returns what evaluates the rules and gates.
func (a *Assessor) Engine() *rego.Engine { return a.engine }

// Framework returns the version of MAESTRO that is judged by.
func (a *Assessor) Framework() *maestro.Framework { return a.framework }

// Config returns the configuration.
func (a *Assessor) Config() config.Config { return a.config }

// Consequences returns what the configuration makes of each rule.
func (a *Assessor) Consequences() *config.Consequences { return a.consequences }

// Day returns the day at which evidence and waivers are judged.
func (a *Assessor) Day() time.Time { return a.day }

// Judgement is what one run of the pipeline concludes.
type Judgement struct {
	Profile   *profile.Profile
	Derived   facts.Derived
	Estimates *facts.Estimates
	Score     verdict.Score
	// Assessment is that of the agent, nil where there is none.
	Assessment *verdict.Assessment
	Findings   []verdict.Finding
	// NotApplicable are rules that have nothing to say of such a subject.
	NotApplicable []string
	Waivers       []waiver.Entry
	Reasons       []verdict.Reason
	Decision      verdict.Decision

	// own are the reasons that the score has by itself.
	own []verdict.Reason
	// found are the findings as the rules have them, in the order of Findings.
	found []maestro.Finding
	rules rego.Found
	// subject is the agent as rules read it, gated what gates said of it.
	subject rego.Subject
	gated   rego.Gated
	// worst is the judgement with all that is left open as bad as it may be, where that
	// was asked.
	worst *judgedWorst
}

// Assess judges one profile. An error means that no verdict was reached.
func (a *Assessor) Assess(ctx context.Context, p *profile.Profile) (*verdict.Verdict, error) {
	v, _, err := a.Judged(ctx, p)
	return v, err
}

// Judged is Assess that also returns what the verdict was written from.
func (a *Assessor) Judged(ctx context.Context, p *profile.Profile) (*verdict.Verdict, Judgement, error) {
	demand := a.config.Demand
	demand.At = a.day
	demanded, discounted, err := p.Demand(demand)
	if err != nil {
		return nil, Judgement{}, fault.Undecided(err)
	}
	const few = 3
	j, err := a.bounded(ctx, demanded, few, nil)
	if err != nil {
		return nil, j, err
	}
	j = j.Written()
	return a.document(p, j, discounted), j, nil
}

// Judge is the flow: facts, then score and findings, then gates, and where these
// approve the same with what is left open. What the
// configuration demands of evidence has been applied to the profile already. What
// only a reader asks of findings and reasons is left to [Judgement.Written]. An
// error means that nothing is decided.
func (a *Assessor) Judge(ctx context.Context, p *profile.Profile) (Judgement, error) {
	return a.bounded(ctx, p, 0, nil)
}

// After is Judge of an agent that this assessor judged, after some changes to its facts:
// what they cannot touch stays as it is. A profile that contradicts itself is not
// judged, which is no error.
func (a *Assessor) After(ctx context.Context, j Judgement, changes ...document.Change) (k Judgement, ok bool, err error) {
	p := j.Profile.WithAll(changes...)
	if p.Contradicts() {
		return k, false, nil
	}
	e := &earlier{Judgement: j}
	for _, c := range changes {
		e.facts = append(e.facts, c.Pointer)
	}
	k, err = a.bounded(ctx, p, 0, e)
	return k, true, err
}

// Again is Judge of an agent that this assessor judged with some other facts.
func (a *Assessor) Again(ctx context.Context, j Judgement, p *profile.Profile) (Judgement, error) {
	return a.bounded(ctx, p, 0, &earlier{Judgement: j, facts: undisclosed.Differing(j.Profile, p)})
}

// bounded is Judge in the time that it may take. A reason about silence names some
// answers.
func (a *Assessor) bounded(ctx context.Context, p *profile.Profile, named int, e *earlier) (Judgement, error) {
	if a.options.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, a.options.Timeout)
		defer cancel()
	}
	j, err := a.judge(ctx, p, e)
	if err == nil {
		err = a.heed(ctx, &j, named, e)
	}
	return j, fault.Undecided(err)
}

func (a *Assessor) judge(ctx context.Context, p *profile.Profile, e *earlier) (j Judgement, err error) {
	about := func(err error) error { return fmt.Errorf("%s: %w", p.Source, err) }
	j = Judgement{Profile: p, Derived: e.judgement().Derived.Again(p, a.framework)}
	changed := e.changed(j)
	s, err := a.score(j, e, changed)
	if err != nil {
		return j, err
	}
	j.Estimates, j.Score, j.Assessment, j.own = s.estimates, s.Score, s.assessment, s.reasons
	if j.subject, err = e.judgement().subject.Again(p, j.Derived); err != nil {
		return j, about(err)
	}
	if j.rules, err = a.find(ctx, j.subject, e, changed); err != nil {
		return j, about(err)
	}
	if j.NotApplicable = j.rules.NotApplicable; e != nil && j.rules.Same(e.rules) {
		j.found, j.Findings, j.Waivers = e.found, e.Findings, e.Waivers
	} else {
		j.found = a.follow(slices.Clone(j.rules.Findings))
		j.Findings = findings(j.found)
		j.Waivers = a.waive(p, j.Findings)
	}
	if j.gated, err = a.engine.GateAgain(ctx, j.subject, a.judged(j), e.judgement().gated, changed); err != nil {
		return j, about(err)
	}
	j.Reasons = append(told(j.gated.Reasons), j.own...)
	j.Decision = verdict.Decide(j.Reasons)
	return j, nil
}

func (a *Assessor) scoring() scoring {
	return scoring{config: a.config, table: a.options.Table, assessments: a.options.Assessments, day: a.day}
}

// document writes a judgement down.
func (a *Assessor) document(p *profile.Profile, j Judgement, discounted []profile.Discounted) *verdict.Verdict {
	applicable, disclosed := a.stated(j)
	v := &verdict.Verdict{
		APIVersion: verdict.APIVersion, Kind: verdict.Kind,
		Subject: verdict.Subject{
			Name: p.Metadata.Name, Title: p.Metadata.Title, Version: p.Metadata.Version,
			Kind: p.Subject().ID, KindTitle: p.Subject().Title, Owner: p.Metadata.Owner,
			Summary: p.Metadata.Summary, Source: p.Source, Digest: p.Digest(), Facts: p.FactsDigest(),
		},
		Decision: j.Decision, Reasons: j.Reasons, Score: j.Score, Findings: j.Findings,
		Basis:      basis(j, applicable, disclosed),
		Layers:     a.layers(j, applicable, disclosed),
		Questions:  []verdict.Question{},
		Discounted: []verdict.Discounted{}, NotApplicable: []verdict.NotApplicable{},
		Engine: verdict.Engine{Audition: a.options.Version, OPA: rego.OPAVersion(), Evaluator: string(a.engine.Mode())},
	}
	v.Assessment, v.Origin = j.Assessment, p.Origin
	giveReasons(j.Profile, j.Estimates, &v.Score)
	for _, d := range discounted {
		v.Discounted = append(v.Discounted, verdict.Discounted{Fact: d.Fact, Why: d.Why, Source: p.Elsewhere(d.Fact), Line: p.Position(d.Fact).Line})
	}
	for _, n := range j.Profile.NotApplicable() {
		v.NotApplicable = append(v.NotApplicable, verdict.NotApplicable{By: n.By, Fact: n.Fact, Because: n.Because, Line: p.Position(n.Pointer).Line})
	}
	a.provenance(v, p, j)
	return v
}
