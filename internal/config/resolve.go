package config

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/suggest"
)

// Resolve holds the configuration against the rules and gates that there are.
// It is an error to select nothing, to say two things of a rule in one layer
// equally specifically, and to loosen what a layer locked that does not extend it.
func (c Config) Resolve(rules []maestro.Rule, gates []string) (*Consequences, error) {
	for _, k := range c.Layers {
		if len(k.locks) > 0 && !k.flag {
			if _, err := resolve(k.beneath(c.Layers), k, rules, gates); err != nil {
				return nil, err
			}
		}
	}
	return resolve(c.Layers, nil, rules, gates)
}

// resolve takes layers in their order, and the locks of all of them or of only one.
func resolve(layers []*Layer, only *Layer, rules []maestro.Rule, gates []string) (*Consequences, error) {
	q := &Consequences{rules: map[string]*consequence{}, gatesOff: map[string]gateEntry{}}
	for _, r := range rules {
		q.rules[r.ID] = &consequence{severity: r.Severity, action: Enforce}
	}
	kept := map[string]Place{} // gates that are locked
	for _, l := range layers {
		if err := q.lay(l, rules); err != nil {
			return nil, err
		}
		if err := q.silence(l, gates, kept); err != nil {
			return nil, err
		}
		if only == nil || l == only {
			if err := q.lock(l, rules, gates, kept); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(q.Changes, compareChanges)
	return q, nil
}

func compareChanges(a, b Change) int {
	return cmp.Or(cmp.Compare(a.Setting, b.Setting), cmp.Compare(a.SetBy.Source, b.SetBy.Source), cmp.Compare(a.SetBy.Line, b.SetBy.Line))
}

// lay takes the rules section of a layer: for every rule its most specific entry.
func (q *Consequences) lay(l *Layer, rules []maestro.Rule) error {
	changes := make([]Change, len(l.rules))
	matched := make([]bool, len(l.rules))
	for _, r := range rules {
		best := -1
		for i, e := range l.rules {
			if !e.selector.matches(r) {
				continue
			}
			matched[i] = true
			switch {
			case best < 0 || e.selector.compare(l.rules[best].selector) > 0:
				best = i
			case e.selector.compare(l.rules[best].selector) == 0:
				return l.errorf(e.pointer, "%s and %s in line %d are equally specific, and both select %s",
					e.selector, l.rules[best].selector, l.rules[best].place.Line, r.ID)
			}
		}
		if best >= 0 {
			if err := q.step(l, l.rules[best], r, &changes[best]); err != nil {
				return err
			}
		}
	}
	for i, e := range l.rules {
		if !matched[i] {
			return l.errorf(e.pointer, "%s", e.selector.unmatched(rules))
		}
		change := changes[i]
		change.Setting, change.SetBy, change.Reason = fmt.Sprintf("rules[%s]", e.selector), e.place, e.reason
		change.To = string(cmp.Or(maestro.Severity(e.action), e.severity))
		if e.action != "" && e.severity != "" {
			change.To = fmt.Sprintf("%s, %s", e.severity, e.action)
		}
		q.Changes = append(q.Changes, change)
	}
	return nil
}

// step adds what an entry says of one rule.
func (q *Consequences) step(l *Layer, e entry, r maestro.Rule, change *Change) error {
	c := q.rules[r.ID]
	severity := e.severity
	if r.Kind == maestro.Strength {
		if e.selector.class == oneRule && severity != "" {
			return l.errorf(e.pointer, "%s is a strength and has no severity", r.ID)
		}
		severity = ""
	}
	from := c.severity
	action := cmp.Or(e.action, Enforce)
	looser := severity != "" && severity.Rank() > c.severity.Rank() || action.laxness() > c.action.laxness()
	step := Step{Severity: severity, Action: e.action, SetBy: e.place, Reason: e.reason}
	switch {
	case l.flag: // It raises what is below it and leaves the rest.
		step.Kind, c.severity = Raise, worse(c.severity, severity)
	case l.Tightens && looser:
		return l.errorf(e.pointer, "%s may not change from %s, %s to %s, %s: %s",
			r.ID, c.severity, c.action, cmp.Or(severity, c.severity), action, onlyTightens)
	case l.Tightens: // A finding with a severity of its own is raised only, too.
		step.Kind, c.severity, c.action = Raise, worse(c.severity, severity), action
	default:
		if err := c.guard(l, e, r.ID, severity, action); err != nil {
			return err
		}
		change.Looser = change.Looser || looser
		c.severity, c.action = cmp.Or(severity, c.severity), action
	}
	c.steps = append(c.steps, step)
	if len(change.Rules) == 0 {
		change.From = string(from)
	} else if change.From != string(from) {
		change.From = ""
	}
	change.Rules = append(change.Rules, r.ID)
	return nil
}

// guard refuses to loosen what is locked.
func (c *consequence) guard(l *Layer, e entry, rule string, severity maestro.Severity, action Action) error {
	switch {
	case c.locked == Place{}:
	case severity.Valid() && severity.Rank() > c.floor.Rank():
		return l.errorf(e.pointer, "%s may not fall below %s, which is locked by %v; got %s", rule, c.floor, c.locked, severity)
	case action.laxness() > c.action.laxness():
		return l.errorf(e.pointer, "%s may not be set to %s: it is locked by %v", rule, action, c.locked)
	}
	return nil
}

// silence takes the gates section of a layer.
func (q *Consequences) silence(l *Layer, gates []string, kept map[string]Place) error {
	for _, g := range l.gates {
		if !slices.Contains(gates, g.gate) {
			return l.errorf(g.pointer, "unknown gate %q%s", g.gate, suggest.DidYouMean(g.gate, gates))
		}
		if by, ok := kept[g.gate]; ok {
			return l.errorf(g.pointer, "%s may not be set to off: it is locked by %v", g.gate, by)
		}
		if l.Tightens {
			return l.errorf(g.pointer, "%s may not be set to off: %s", g.gate, onlyTightens)
		}
		q.gatesOff[g.gate] = g
		q.Changes = append(q.Changes, Change{
			Setting: fmt.Sprintf("gates[%s]", g.gate), From: string(Enforce), To: string(Off),
			SetBy: g.place, Reason: g.reason, Looser: true,
		})
	}
	return nil
}

// lock takes the locks of a layer on rules and gates.
func (q *Consequences) lock(l *Layer, rules []maestro.Rule, gates []string, kept map[string]Place) error {
	for _, k := range l.locks {
		switch {
		case k.gate != "" && !slices.Contains(gates, k.gate):
			return l.errorf(k.pointer, "unknown gate %q%s", k.gate, suggest.DidYouMean(k.gate, gates))
		case k.gate != "":
			kept[k.gate] = k.place
		case k.selector != nil:
			matched := false
			for _, r := range rules {
				if k.selector.matches(r) {
					matched = true
					q.rules[r.ID].lock(k, r)
				}
			}
			if !matched {
				return l.errorf(k.pointer, "%s", k.selector.unmatched(rules))
			}
		}
	}
	return nil
}

// lock keeps a rule from being loosened below this layer. Of several locks the
// strictest holds, whatever their order.
func (c *consequence) lock(k lock, r maestro.Rule) {
	floor := k.floor
	if r.Kind == maestro.Strength {
		floor = ""
	}
	c.severity = worse(c.severity, floor)
	if least := cmp.Or(floor, c.severity); c.locked == (Place{}) || least.Rank() < c.floor.Rank() {
		c.floor, c.locked = least, k.place
	}
	if k.unwaivable {
		c.unwaivable = k.place
	}
	c.steps = append(c.steps, Step{Kind: Lock, Severity: floor, SetBy: k.place})
}
