package assess

import (
	"slices"
	"strings"
	"time"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/verdict"
	"github.com/audition-dev/audition/internal/waiver"
)

// provenance writes down what judged: sources, configuration, waivers, and what
// became of every rule. P is the profile before any evidence was demanded of it.
func (a *Assessor) provenance(v *verdict.Verdict, p *profile.Profile, j Judgement) {
	v.Policy, v.Waivers = []verdict.Policy{}, []verdict.Waiver{}
	for _, s := range a.engine.Sources() {
		v.Policy = append(v.Policy, verdict.Policy{Source: s.Source, Digest: s.Digest, Revision: s.Revision, Signed: s.Key != "", Key: s.Key})
	}
	v.Configuration = verdict.Configuration{
		Thresholds: &a.said.Thresholds,
		Sources:    []verdict.Source{}, Waivers: append([]verdict.Source{}, a.options.WaiverFiles...), Assessments: append([]verdict.Source{}, a.options.AssessmentFiles...), Flags: []string{}, Changes: []verdict.Change{},
	}
	if t := a.options.Table; t != nil {
		v.Configuration.Estimates = &verdict.Source{Source: t.Source, Digest: t.Digest}
	}
	for _, l := range a.config.Layers {
		if flag, ok := strings.CutPrefix(l.Source, config.FlagPrefix); ok {
			v.Configuration.Flags = append(v.Configuration.Flags, flag)
			continue
		}
		v.Configuration.Sources = append(v.Configuration.Sources, verdict.Source{Source: l.Source, Digest: l.Digest})
	}
	for _, c := range slices.Concat(a.config.Changes, a.consequences.Changes) {
		v.Configuration.Changes = append(v.Configuration.Changes, verdict.Change{
			Setting: c.Setting, From: c.From, To: c.To, SetBy: c.SetBy.String(), Reason: c.Reason, Looser: c.Looser, Rules: c.Rules,
		})
	}
	for _, e := range j.Waivers {
		v.Waivers = append(v.Waivers, recorded(e))
	}
	v.Rules = a.outcome(j)
	ends := slices.ContainsFunc(p.Facts.Compliance.Certifications.Items, func(c profile.Certification) bool { return c.ValidUntil.Disclosed })
	if !a.day.IsZero() && (a.config.Demand.MaxAge > 0 || j.Assessment != nil || len(a.options.Waivers) > 0 || ends) {
		v.EffectiveTime = a.day.Format(time.DateOnly)
		if today := a.options.Today; !today.IsZero() && today.Before(a.day) {
			v.Today = today.Format(time.DateOnly)
		}
	}
}

// By is all that the assessor judges by, but the version of the program, as JSON
// values: where it is the same, the same profile has the same verdict.
func (a *Assessor) By() any {
	o := a.options
	by := struct {
		Policy                                 []rego.Loaded
		Configuration                          []verdict.Source
		Waivers, Assessments                   []verdict.Source
		Estimates, OPA, Version, Day, Calendar string
		Evaluator                              rego.Mode
	}{
		Policy: a.engine.Sources(), Waivers: o.WaiverFiles, Assessments: o.AssessmentFiles,
		Evaluator: a.engine.Mode(), OPA: rego.OPAVersion(), Version: o.Version, Day: a.day.Format(time.DateOnly), Calendar: o.Today.Format(time.DateOnly),
	}
	if o.Table != nil {
		by.Estimates = o.Table.Source + " " + o.Table.Digest
	}
	for _, l := range a.config.Layers {
		by.Configuration = append(by.Configuration, verdict.Source{Source: l.Source, Digest: l.Digest})
	}
	return by
}

func recorded(e waiver.Entry) verdict.Waiver {
	w := e.Waiver
	return verdict.Waiver{
		Source: w.Source, Line: w.Line, Rule: w.Rule, Term: w.Term, AgentSource: w.AgentSource, Reason: w.Reason, Owner: w.Owner, Ticket: w.Ticket,
		Created: w.Created.Format(time.DateOnly), Expires: w.Expires.Format(time.DateOnly),
		State: string(e.State), Why: e.Why, Covers: e.Covers,
	}
}

// outcome says what became of every rule.
func (a *Assessor) outcome(j Judgement) verdict.Rules {
	out := verdict.Rules{
		Fired: []string{}, Silent: []string{}, NotApplicable: []string{},
		Waived: []string{}, Warn: []string{}, Off: []string{}, GatesOff: []string{},
	}
	fired, unwaived, warned := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, f := range j.Findings {
		fired[f.Rule] = true
		unwaived[f.Rule] = unwaived[f.Rule] || f.WaivedBy == ""
		warned[f.Rule] = f.Action != ""
	}
	for _, r := range a.engine.Rules() {
		_, action, _ := a.consequences.Of(r)
		list := &out.Silent
		switch {
		case action == config.Off:
			list = &out.Off
		case warned[r.ID]:
			list = &out.Warn
		case fired[r.ID] && !unwaived[r.ID]:
			list = &out.Waived
		case fired[r.ID]:
			list = &out.Fired
		case slices.Contains(j.NotApplicable, r.ID) || a.pointless(j, r.ID):
			list = &out.NotApplicable
		}
		*list = append(*list, r.ID)
	}
	for _, g := range a.engine.Gates() {
		if a.consequences.GateOff(g) {
			out.GatesOff = append(out.GatesOff, g)
		}
	}
	return out
}

// pointless tells whether a rule reads only facts that have no meaning for the
// agent. What it reads of derived facts always has one.
func (a *Assessor) pointless(j Judgement, rule string) bool {
	reads := a.engine.Reads(rule)
	for _, pointer := range reads {
		if strings.HasPrefix(pointer, "/derived/") || facts.Applies(a.framework, j.Profile, pointer) {
			return false
		}
	}
	return len(reads) > 0
}
