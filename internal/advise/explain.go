package advise

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/undisclosed"
	"github.com/audition-dev/audition/internal/verdict"
)

// Explain says why a rule fires on an agent or does not, and what disclosure
// would change that. The rule has to be one of the engine's.
func Explain(ctx context.Context, assessor *assess.Assessor, p *profile.Profile, rule string) (*verdict.Explanation, error) {
	a := adviser{assessor}
	v, j, err := a.Judged(ctx, p)
	if err != nil {
		return nil, err
	}
	p = j.Profile
	x := &verdict.Explanation{Rule: rule, Findings: only(j.Findings, rule), NotApplicable: slices.Contains(v.Rules.NotApplicable, rule)}
	reads := a.Engine().Reads(rule)
	var behind []string
	for _, pointer := range reads {
		name, isDerived := strings.CutPrefix(pointer, "/derived/")
		if !isDerived {
			behind = append(behind, pointer)
			x.Reads = append(x.Reads, verdict.Because{Fact: p.Original(pointer), Text: facts.Describe(p, pointer), Source: p.Elsewhere(pointer), Line: line(p, pointer)})
			continue
		}
		c := j.Derived.Claims[name]
		behind = append(behind, c.Because()...)
		x.Reads = append(x.Reads, verdict.Because{Fact: pointer, Text: conclusion(p, name, c, j.Derived)})
	}
	before := summary(x.Findings)
	for _, f := range slices.Concat(undisclosed.Facts(a.Framework(), p), a.lacking(p, false)) {
		if !facts.Among(f.Pointer, behind) {
			continue
		}
		values := undisclosed.Answers(f)
		if line(p, f.Pointer) > 0 { // declared against the agent, and could be otherwise
			values = f.Safer.Values
		}
		for _, value := range values {
			k, ok, err := a.After(ctx, j, undisclosed.Saying(f.Pointer, value)...)
			if err != nil {
				return nil, err
			}
			if after := only(k.Findings, rule); ok && summary(after) != before {
				x.Would = append(x.Would, verdict.Would{
					Turn: turns(p, []verdict.Disclosure{{Fact: f.Pointer, Value: value}})[0], Then: summary(after),
					Settles: len(after) == 0 && f.Safer.Favours(value),
				})
			}
		}
	}
	return x, nil
}

func only(findings []verdict.Finding, rule string) []verdict.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f verdict.Finding) bool { return f.Rule != rule })
}

// summary says in a few words what a rule came to.
func summary(findings []verdict.Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, strings.TrimSpace(fmt.Sprintf("fires, %s, %s %s", f.Status, f.Severity, f.Term)))
	}
	if len(out) == 0 {
		return "stays silent"
	}
	return strings.Join(out, "; ")
}

func line(p *profile.Profile, pointer string) int {
	if _, ok := p.Lookup(pointer); ok || p.IsOptional(pointer) {
		return p.Position(pointer).Line
	}
	return 0
}

// conclusion says what was derived, and from which facts.
func conclusion(p *profile.Profile, name string, c facts.Claim, d facts.Derived) string {
	if name == "unpinned_layers" {
		return fmt.Sprint(d.UnpinnedLayers)
	}
	text := map[facts.Truth]string{facts.Yes: "yes", facts.No: "no", facts.Undisclosed: "not certain"}[c.Value]
	var because []string
	for _, pointer := range c.Because() {
		because = append(because, p.Original(pointer)+": "+facts.Describe(p, pointer))
	}
	if len(because) > 0 {
		text += " (" + strings.Join(because, "; ") + ")"
	}
	return text
}
