package config

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// WaiverLimits are what a configuration allows of waivers.
type WaiverLimits struct {
	// MaxLifetime is how many days may lie between created and expires; 0 is any.
	MaxLifetime int
	// Expiring is how many days before its last one a waiver is reported.
	Expiring int
	// Denied tells whether a rule may not be waived; nil denies none.
	Denied func(rule string) bool
}

// State is what a waiver comes to.
type State string

// The states. Only active and expiring waivers apply.
const (
	Active   State = "active"
	Expiring State = "expiring" // applies, and its last day is near
	Expired  State = "expired"
	Denied   State = "denied"   // the configuration does not let the rule be waived
	Overlong State = "overlong" // its period is longer than the configuration allows
	Stale    State = "stale"    // the profile changed
	Pending  State = "pending"  // its first day is still to come
	// These two only whoever judged can tell.
	Unused    State = "unused"    // it could apply and covers no finding
	Unmatched State = "unmatched" // no agent of its name was judged
)

// Applies tells whether a waiver in this state covers findings.
func (s State) Applies() bool { return s == Active || s == Expiring }

// State is what a waiver comes to at a day, for a profile of a digest; without a
// digest it is not asked whether the profile changed. Of several states it is
// the one that lasts longest.
func (w Waiver) State(day time.Time, limits WaiverLimits, digest string) State {
	switch {
	case day.After(w.Expires):
		return Expired
	case limits.Denied != nil && limits.Denied(w.Rule):
		return Denied
	case limits.MaxLifetime > 0 && days(w.Created, w.Expires) > limits.MaxLifetime:
		return Overlong
	case digest != "" && w.ProfileDigest != "" && digest != w.ProfileDigest:
		return Stale
	case day.Before(w.Created):
		return Pending
	case w.DaysLeft(day) <= limits.Expiring:
		return Expiring
	}
	return Active
}

// DaysLeft is how many days follow day on which the waiver holds: 0 at its last
// one, negative when it has expired.
func (w Waiver) DaysLeft(day time.Time) int { return days(day, w.Expires) }

// days counts from a to b, both midnight in UTC. A time.Duration cannot hold
// more than 292 years.
func days(a, b time.Time) int { return int((b.Unix() - a.Unix()) / (24 * 60 * 60)) }

// Key is what a waiver knows of a finding.
type Key struct{ Rule, Term string }

// Agent is a judged profile as waivers see it.
type Agent struct {
	Name, Digest string
	// Findings are those that count without any waiver: no strengths, and none
	// that another suppresses.
	Findings []Key
}

// Cover returns the waiver that covers each finding of an agent, or nil: of
// those that apply the first by source and line. More waivers cover the same
// findings or more.
func Cover(waivers []Waiver, day time.Time, limits WaiverLimits, agent Agent) []*Waiver {
	ordered := inOrder(waivers)
	out := make([]*Waiver, len(agent.Findings))
	for i, f := range agent.Findings {
		for j := range ordered {
			if w := &ordered[j]; w.means(agent, f) && w.State(day, limits, agent.Digest).Applies() {
				out[i] = w
				break
			}
		}
	}
	return out
}

func inOrder(waivers []Waiver) []Waiver {
	out := slices.Clone(waivers)
	slices.SortStableFunc(out, func(v, w Waiver) int {
		return cmp.Or(cmp.Compare(v.Source, w.Source), cmp.Compare(v.Line, w.Line), cmp.Compare(v.Index, w.Index))
	})
	return out
}

func (w Waiver) means(agent Agent, f Key) bool {
	return w.Agent == agent.Name && w.Rule == f.Rule && (w.Term == "" || w.Term == f.Term)
}

// Entry is what became of one waiver.
type Entry struct {
	Waiver Waiver
	State  State
	// Covers is how many findings of the judged agents it covers.
	Covers int
	// By is the waiver that covers already what an unused one could.
	By *Waiver
	// Why says in a few words why the state is not active.
	Why string
}

// Review says what every waiver comes to at a day, given all agents that were
// judged, or none if nothing was. Entries are ordered by source and line.
func Review(waivers []Waiver, day time.Time, limits WaiverLimits, agents []Agent) []Entry {
	ordered := inOrder(waivers)
	entries := make([]Entry, len(ordered))
	for i, w := range ordered {
		entries[i] = Entry{Waiver: w, State: w.stateAmong(agents, day, limits)}
	}
	for _, a := range agents {
		for i, by := range Cover(ordered, day, limits, a) {
			for j := range entries {
				e := &entries[j]
				switch {
				case by == nil || !e.Waiver.means(a, a.Findings[i]):
				case e.Waiver == *by:
					e.Covers++
				case e.By == nil:
					e.By = by
				}
			}
		}
	}
	for i := range entries {
		e := &entries[i]
		if e.State.Applies() && e.Covers == 0 && len(agents) > 0 {
			e.State = Unused
		} else {
			e.By = nil
		}
		e.Why = e.why(day, limits, len(agents))
	}
	return entries
}

// stateAmong is the state for those of the agents that are meant. Several
// profiles may have one name; it is enough that the waiver applies to one.
func (w Waiver) stateAmong(agents []Agent, day time.Time, limits WaiverLimits) State {
	state, matched := w.State(day, limits, ""), len(agents) == 0
	for _, a := range agents {
		if a.Name != w.Agent {
			continue
		}
		if s := w.State(day, limits, a.Digest); !matched || s.Applies() {
			state, matched = s, true
		}
	}
	if !matched && state.Applies() {
		return Unmatched
	}
	return state
}

func (e Entry) why(day time.Time, limits WaiverLimits, judged int) string {
	w := e.Waiver
	switch e.State {
	case Expiring:
		if left := w.DaysLeft(day); left > 0 {
			return "ends in " + count(left, "day")
		}
		return "ends today"
	case Expired:
		return "ended on " + w.Expires.Format(time.DateOnly)
	case Denied:
		return "the configuration does not let " + w.Rule + " be waived"
	case Overlong:
		return fmt.Sprintf("runs for %s, at most %d are allowed", count(days(w.Created, w.Expires), "day"), limits.MaxLifetime)
	case Stale:
		return "the profile of " + w.Agent + " is not the one that it was given for"
	case Pending:
		return "begins on " + w.Created.Format(time.DateOnly)
	case Unused:
		if e.By != nil {
			return fmt.Sprintf("%s:%d covers that already", e.By.Source, e.By.Line)
		}
		return w.Agent + " has no such finding"
	case Unmatched:
		return fmt.Sprintf("%s is not among the %s judged", w.Agent, count(judged, "agent"))
	}
	return ""
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
