package rego

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/rego/value"
	"github.com/audition-dev/audition/internal/suggest"
)

// Limits on what is reported about one agent: findings of one rule and of all of
// them, facts and the like of one finding, bytes of a text.
const (
	maxFindings = 1000
	maxOfAll    = 10_000
	maxItems    = 1000
	maxText     = 2000
)

// Found is what the rules say of an agent.
type Found struct {
	// Findings are merged by rule and term; what follows from them, and which of them
	// cover others, is not decided here.
	Findings []maestro.Finding
	// NotApplicable are ids of rules that have nothing to say of such an agent, sorted.
	NotApplicable []string

	rules []outcome
}

// Findings runs the rules on an agent and returns their findings.
func (e *Engine) Findings(ctx context.Context, s Subject) ([]maestro.Finding, error) {
	found, err := e.Find(ctx, s)
	return found.Findings, err
}

// Find runs the rules on an agent.
func (e *Engine) Find(ctx context.Context, s Subject) (Found, error) {
	sets, err := e.findings.Eval(ctx, s.both)
	if err != nil {
		return Found{}, said(err)
	}
	all, err := e.read(sets, s)
	return all, said(err)
}

func (e *Engine) read(sets *value.Value, s Subject) (Found, error) {
	rules := make([]outcome, len(e.running))
	var err error
	for i := range rules {
		if rules[i], err = e.outcome(i, sets.Items()[i], s); err != nil {
			return Found{}, err
		}
	}
	return join(e.running, rules)
}

// outcome reads what one of the rules found.
func (e *Engine) outcome(i int, set *value.Value, s Subject) (outcome, error) {
	r := reader{rule: e.running[i], profile: s.profile, derived: s.derived}
	found, err := r.read(set)
	if err != nil {
		return outcome{}, fmt.Errorf("%s:%d: %s: %w", r.rule.File, r.rule.Row, r.rule.ID, err)
	}
	var spoken []maestro.Finding
	var out outcome
	for _, f := range found {
		out.about = append(append(out.about, f.Facts...), f.Controls...)
		if r.speaks(&f) {
			spoken = append(spoken, f)
		}
	}
	out.inapplicable = len(spoken) == 0 && (len(found) > 0 || exempt(r.rule, s.profile))
	out.findings = merge(spoken)
	for i, f := range out.findings {
		out.findings[i].Message = parse.Cut(r.withOptional(f), maxText)
	}
	return out, nil
}

// join puts together what each of the rules says.
func join(running []*maestro.Rule, rules []outcome) (Found, error) {
	all := Found{rules: rules}
	for i, o := range rules {
		if o.inapplicable {
			all.NotApplicable = append(all.NotApplicable, running[i].ID)
		}
		if all.Findings = append(all.Findings, o.findings...); len(all.Findings) > maxOfAll {
			return Found{}, fmt.Errorf("evaluation: expected at most %d findings of all rules", maxOfAll)
		}
	}
	return all, nil
}

// reader turns the values of one rule into findings.
type reader struct {
	rule    *maestro.Rule
	profile *profile.Profile
	derived facts.Derived
}

func (r reader) read(v *value.Value) ([]maestro.Finding, error) {
	if v.Kind() != value.Set {
		return nil, fmt.Errorf("findings: expected a set, got %s", v.Kind())
	}
	if v.Len() > maxFindings {
		return nil, fmt.Errorf("expected at most %d findings, got %d", maxFindings, v.Len())
	}
	var out []maestro.Finding
	for _, item := range v.Items() {
		f, err := r.finding(item)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// found is a finding as a rule writes it.
type found struct {
	term               string
	severity, possible maestro.Severity
	facts, controls    []string
	hasControls        bool
	args               []string
}

var findingKeys = []string{"args", "controls", "facts", "possible", "severity", "term"}

// finding joins a rule's own finding with its metadata.
func (r reader) finding(v *value.Value) (maestro.Finding, error) {
	if v.Kind() != value.Object {
		return maestro.Finding{}, fmt.Errorf("finding: expected an object, got %s", v.Kind())
	}
	var in found
	for i, k := range v.Items() {
		if err := r.entry(&in, k, v.Values()[i]); err != nil {
			return maestro.Finding{}, err
		}
	}
	for _, c := range in.controls {
		if !profile.IsFact(c) {
			return maestro.Finding{}, fmt.Errorf("finding: controls: %s is no single fact", c)
		}
	}
	f := r.judge(in)
	if (f.Severity == maestro.Credit) != (r.rule.Kind == maestro.Strength) {
		return f, fmt.Errorf("finding: severity: expected credit for a strength and for nothing else, got %s", f.Severity)
	}
	if in.possible != "" && in.possible.Rank() < cmp.Or(in.severity, r.rule.Severity).Rank() {
		return f, fmt.Errorf("finding: possible: expected at most the severity when confirmed, got %s", in.possible)
	}
	return f, nil
}

// entry reads a key of a finding.
func (r reader) entry(in *found, k, v *value.Value) (err error) {
	key, _ := k.Text()
	switch key {
	case "term":
		in.term, err = label(v)
	case "severity":
		in.severity, err = severity(v)
	case "possible":
		in.possible, err = severity(v)
	case "facts":
		in.facts, err = r.paths(v)
	case "controls":
		in.controls, err = r.paths(v)
		in.hasControls = true
	case "args":
		in.args, err = texts(v)
	default:
		return fmt.Errorf("finding: unknown key %s%s", shown(k), suggest.DidYouMean(key, findingKeys))
	}
	if err != nil {
		return fmt.Errorf("finding: %q: %w", key, err)
	}
	return nil
}

// judge decides status and severity: confirmed when every control is disclosed,
// possible otherwise. A finding's own severity is one step lower when possible,
// unless it says how low.
func (r reader) judge(in found) maestro.Finding {
	controls := in.controls
	if !in.hasControls {
		controls = r.rule.Controls
	}
	f := maestro.Finding{
		Rule: r.rule, Status: maestro.Confirmed, Term: in.term,
		Severity: cmp.Or(in.severity, r.rule.Severity),
		Facts:    distinct(in.facts), Controls: distinct(controls),
		Message: parse.Cut(in.filled(r.rule.Message), maxText),
	}
	for _, c := range r.deciding(f.Controls) {
		if _, disclosed := r.profile.Lookup(c); !disclosed {
			f.Status = maestro.Possible
		}
	}
	if f.Status == maestro.Possible {
		possible := r.rule.Possible
		if in.severity != "" {
			possible = in.severity.Lower()
		}
		f.Severity = cmp.Or(in.possible, possible)
	}
	return f
}

// filled is a message about a finding.
func (in found) filled(message string) string {
	if !strings.Contains(message, "{") {
		return message
	}
	return strings.NewReplacer("{term}", in.term, "{args}", strings.Join(in.args, ", ")).Replace(message)
}

// merge joins findings with the same term: the worst stands, with the facts of
// all.
func merge(findings []maestro.Finding) []maestro.Finding {
	slices.SortStableFunc(findings, maestro.Finding.Compare)
	var out []maestro.Finding
	for _, f := range findings {
		i := slices.IndexFunc(out, func(g maestro.Finding) bool { return g.Term == f.Term })
		if i < 0 {
			out = append(out, f)
			continue
		}
		out[i].Facts = distinct(append(out[i].Facts, f.Facts...))
	}
	return out
}

// distinct returns the texts sorted, each once.
func distinct(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}
