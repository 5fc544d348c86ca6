package config

import (
	"cmp"
	"maps"
	"slices"

	"github.com/audition-dev/audition/internal/maestro"
)

// Action says what follows from the findings of a rule.
type Action string

const (
	// Enforce is as usual: the gates read the findings.
	Enforce Action = "enforce"
	// Warn shows the findings, and they count for nothing.
	Warn Action = "warn"
	// Off does not run the rule.
	Off Action = "off"
)

// laxness orders actions, the strictest first.
func (a Action) laxness() int { return slices.Index([]Action{Enforce, Warn, Off}, a) }

// Consequences is what a configuration makes of every rule. The nil
// Consequences leave all as it is.
type Consequences struct {
	rules    map[string]*consequence
	gatesOff map[string]gateEntry
	// Changes are those of rules and gates, sorted by setting.
	Changes []Change
}

// consequence is what a configuration makes of one rule.
type consequence struct {
	steps []Step
	// Severity, possible and action are those that a finding has whose rule gives
	// it none of its own.
	severity maestro.Severity
	action   Action
	// floor is the least severity that a lower layer can choose, "" for any.
	floor      maestro.Severity
	locked     Place
	unwaivable Place
}

// Step is one thing that a layer says of a rule.
type Step struct {
	Kind StepKind
	// Severity is that of a confirmed finding; "" in a step about the action.
	Severity maestro.Severity
	Action   Action
	SetBy    Place
	Reason   string
}

// StepKind says what a step does to a severity.
type StepKind int

const (
	// Set replaces the severity.
	Set StepKind = iota
	// Raise makes it at least that of the step.
	Raise
	// Lock keeps it from falling below that of the step, or below what it is.
	Lock
)

// Apply gives findings what the configuration makes of them: their severity,
// whether they count, and who says so. Findings of rules that are off are left
// out.
func (q *Consequences) Apply(findings []maestro.Finding) []maestro.Finding {
	if q == nil {
		return findings
	}
	out := findings[:0]
	for _, f := range findings {
		r := q.rules[f.Rule.ID]
		if r == nil {
			out = append(out, f)
			continue
		}
		if r.action == Off {
			continue
		}
		f.Warn = r.action == Warn
		if f.Rule.Kind != maestro.Strength {
			r.apply(&f)
		}
		out = append(out, f)
	}
	return out
}

// apply takes the steps in their order. What is locked never falls, also where
// the finding had a severity of its own.
func (r *consequence) apply(f *maestro.Finding) {
	f.Default = f.Severity
	var guard maestro.Severity
	for _, s := range r.steps {
		before, severity := f.Severity, s.Severity
		if severity != "" && f.Status == maestro.Possible {
			severity = severity.Lower()
		}
		switch {
		case s.Kind == Set && severity != "":
			f.Severity = worse(severity, guard)
		case s.Kind == Raise:
			f.Severity = worse(severity, f.Severity)
		case s.Kind == Lock:
			f.Severity = worse(severity, f.Severity)
			guard = worse(guard, cmp.Or(severity, f.Severity))
		}
		if f.Severity != before || s.Action != "" && f.Warn {
			f.SetBy = s.SetBy.String()
		}
	}
}

// worse returns the worse of two severities; "" is none.
func worse(a, b maestro.Severity) maestro.Severity {
	if a.Rank() <= b.Rank() {
		return a
	}
	return b
}

// Off returns the ids of the rules and the packages of the gates that do not run,
// sorted.
func (q *Consequences) Off() []string {
	out := slices.Collect(maps.Keys(q.gatesOff))
	for id, r := range q.rules {
		if r.action == Off {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// Of returns severity and action of a rule, and the steps that led there.
func (q *Consequences) Of(r maestro.Rule) (maestro.Severity, Action, []Step) {
	if q == nil || q.rules[r.ID] == nil {
		return r.Severity, Enforce, nil
	}
	c := q.rules[r.ID]
	return c.severity, c.action, c.steps
}

// Waivable tells whether a waiver can cover the findings of a rule; if not, who
// says so.
func (q *Consequences) Waivable(rule string) (Place, bool) {
	if q == nil || q.rules[rule] == nil || q.rules[rule].unwaivable == (Place{}) {
		return Place{}, true
	}
	return q.rules[rule].unwaivable, false
}

// GateOff tells whether a gate is silenced.
func (q *Consequences) GateOff(gate string) bool {
	if q == nil {
		return false
	}
	_, off := q.gatesOff[gate]
	return off
}
