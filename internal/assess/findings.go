package assess

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/verdict"
)

// findings writes findings, but for what only a reader asks of each.
func findings(found []maestro.Finding) []verdict.Finding {
	out := make([]verdict.Finding, len(found))
	for i, f := range found {
		out[i] = verdict.Finding{
			Rule: f.Rule.ID, Layer: f.Rule.Layer, Kind: f.Rule.Kind, Status: f.Status, Severity: f.Severity,
			Title: f.Rule.Title, Message: f.Message, Term: f.Term,
			Remediation: f.Rule.Remediation, SuppressedBy: f.SuppressedBy,
			SetBy: f.SetBy,
		}
		if f.Warn {
			out[i].Action = string(config.Warn)
		}
		if f.SetBy != "" {
			out[i].DefaultSeverity = f.Default
		}
	}
	return out
}

// Behind are the facts and controls behind a finding, by its place: JSON pointers into
// the profile, sorted.
func (j Judgement) Behind(finding int) []string {
	f := j.found[finding]
	pointers := append(slices.Clone(f.Facts), f.Controls...)
	slices.Sort(pointers)
	return slices.Compact(pointers)
}

// Written is the judgement with all that its findings and reasons say to a reader.
func (j Judgement) Written() Judgement {
	j.Findings, j.Reasons = slices.Clone(j.Findings), slices.Clone(j.Reasons)
	for i := range j.Findings {
		f, of := &j.Findings[i], j.found[i].Rule
		pointers := j.Behind(i)
		f.Facts = []verdict.Fact{}
		for _, pointer := range pointers {
			f.Facts = append(f.Facts, fact(j.Profile, pointer))
		}
		f.Threats, f.References = append([]string{}, of.Threats...), append([]string{}, of.References...)
		f.Fingerprint = fingerprint(j.Profile.Metadata.Name, j.found[i])
		f.Assurance = weakest(j.Profile, f.Facts, pointers)
	}
	for i := range j.Reasons {
		j.locate(&j.Reasons[i])
	}
	return j
}

// weakest is the assurance that a finding stands on.
func weakest(p *profile.Profile, facts []verdict.Fact, pointers []string) string {
	least := ""
	for i, f := range facts {
		if a := p.Assurance(pointers[i]); f.Disclosed && (least == "" || slices.Index(profile.Assurances(), a) < slices.Index(profile.Assurances(), least)) {
			least = a
		}
	}
	return least
}

func fact(p *profile.Profile, pointer string) verdict.Fact {
	value, disclosed := p.Lookup(pointer)
	if p.IsOptional(pointer) {
		value, disclosed = profile.Optional, true
	}
	f := verdict.Fact{Pointer: p.Original(pointer), Disclosed: disclosed, Value: value, Moot: !disclosed && !p.Applies(pointer)}
	if disclosed {
		at := p.Position(pointer)
		f.Source, f.Line, f.Column = p.Elsewhere(pointer), at.Line, at.Column
	}
	return f
}

// fingerprint names a finding across versions of a profile: it depends on the
// agent, the rule, the term and which facts, not on lines or order.
func fingerprint(agent string, f maestro.Finding) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q", agent, f.Rule.ID, f.Term)
	var general []string
	for _, pointer := range f.Facts {
		general = append(general, profile.General(pointer))
	}
	slices.Sort(general)
	fmt.Fprintf(sum, " %q", slices.Compact(general))
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// judged is what gates read of a judgement beside the agent.
func (a *Assessor) judged(j Judgement) rego.Judged {
	in := rego.Judged{Config: a.said}
	number := func(n fmt.Stringer) json.Number { return json.Number(n.String()) }
	in.Score = rego.JudgedScore{
		AIVSS: number(j.Score.AIVSS), Severity: string(j.Score.Severity),
		Low: number(j.Score.Low), High: number(j.Score.High), CVSSBase: number(j.Score.CVSSBase),
		Unmitigated: number(j.Score.AIVSS),
	}
	if u := j.Score.Unmitigated; u != nil && slices.Contains(j.Score.Derived, "mitigation") && !a.config.Attested() {
		in.Score.Unmitigated = number(*u)
	}
	for _, f := range j.Findings {
		if f.Counts() {
			in.Findings = append(in.Findings, rego.JudgedFinding{
				Rule: f.Rule, Layer: f.Layer, Kind: f.Kind, Status: f.Status, Severity: f.Severity, Message: f.Message, Term: f.Term,
			})
		}
	}
	return in
}

// told writes down what gates say.
func told(reasons []rego.Reason) []verdict.Reason {
	out := []verdict.Reason{}
	for _, r := range reasons {
		out = append(out, verdict.Reason{
			Decision: verdict.Decision(r.Decision), Gate: r.Gate, Message: r.Message,
			Rule: r.Rule, Term: r.Term, About: r.About, Facts: []verdict.Fact{},
		})
	}
	return out
}

// locate gives a reason the facts of what it is about.
func (j Judgement) locate(r *verdict.Reason) {
	if r.About != "" {
		r.Facts = drivers(j.Profile, j.Estimates)
	}
	for _, f := range j.Findings {
		if r.Rule != "" && f.Rule == r.Rule && f.Term == r.Term {
			r.Facts = f.Facts
		}
	}
}
