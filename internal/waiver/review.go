package waiver

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Key is what a waiver knows of a finding.
type Key struct{ Rule, Term string }

// Agent is a judged profile as waivers see it.
type Agent struct {
	Name, Digest string
	// Source is the path of the profile as outputs name it.
	Source string
	// Findings are those that count without any waiver: no strengths, and none
	// that another suppresses.
	Findings []Key
}

// Cover returns the waiver that covers each finding of an agent, or nil: of
// those that apply the first by source and line. Without a limit on lifetimes
// more waivers cover the same findings or more.
func Cover(waivers []Waiver, at Days, limits Limits, agent Agent) []*Waiver {
	ordered := inOrder(waivers)
	out := make([]*Waiver, len(agent.Findings))
	for j := range ordered {
		w := &ordered[j]
		if !w.Of(agent) || !w.stateOf(agent, ordered, at, limits).Applies() {
			continue
		}
		for i, f := range agent.Findings {
			if out[i] == nil && w.means(f) {
				out[i] = w
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

// Of tells whether a waiver is for an agent.
func (w Waiver) Of(agent Agent) bool {
	return w.Agent == agent.Name && (w.AgentSource == "" || w.AgentSource == agent.Source)
}

func (w Waiver) means(f Key) bool { return w.Rule == f.Rule && (w.Term == "" || w.Term == f.Term) }

// stateOf is the state for an agent that the waiver is for.
func (w Waiver) stateOf(agent Agent, all []Waiver, at Days, limits Limits) State {
	return w.state(at, limits, agent.Digest, w.since(all, limits))
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
	// since is the first day of the run of waivers that this one prolongs.
	since time.Time
}

// Review says what every waiver comes to, given all agents that were judged, or
// none if nothing was. Entries are ordered by source and line.
func Review(waivers []Waiver, at Days, limits Limits, agents []Agent) []Entry {
	ordered := inOrder(waivers)
	entries := make([]Entry, len(ordered))
	for i, w := range ordered {
		entries[i] = Entry{Waiver: w, State: w.stateAmong(agents, ordered, at, limits), since: w.since(ordered, limits)}
	}
	for _, a := range agents {
		for i, by := range Cover(ordered, at, limits, a) {
			for j := range entries {
				e := &entries[j]
				switch {
				case by == nil || !e.Waiver.Of(a) || !e.Waiver.means(a.Findings[i]):
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
		e.Why = e.why(at, limits, len(agents))
	}
	return entries
}

// stateAmong is the state for those of the agents that are meant; it is enough
// that the waiver applies to one.
func (w Waiver) stateAmong(agents []Agent, all []Waiver, at Days, limits Limits) State {
	state, matched := w.state(at, limits, "", w.since(all, limits)), len(agents) == 0
	for _, a := range agents {
		if !w.Of(a) {
			continue
		}
		if s := w.stateOf(a, all, at, limits); !matched || s.Applies() {
			state, matched = s, true
		}
	}
	if !matched && state.Applies() {
		return Unmatched
	}
	return state
}

func (e Entry) why(at Days, limits Limits, judged int) string {
	w := e.Waiver
	switch e.State {
	case Expiring:
		if left := w.DaysLeft(at.Effective); left > 0 {
			return "ends in " + count(left, "day")
		}
		return "ends today"
	case Expired:
		return "ended on " + w.Expires.Format(time.DateOnly)
	case Denied:
		return "the configuration does not let " + w.Rule + " be waived"
	case Overlong:
		runs := "runs"
		if e.since.Before(w.Created) {
			runs = "with those before it, since " + e.since.Format(time.DateOnly) + ", runs"
		}
		return fmt.Sprintf("%s for %s, at most %d are allowed", runs, count(days(e.since, w.Expires), "day"), limits.MaxLifetime)
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
		return fmt.Sprintf("%s is not among the %s judged", w.subject(), count(judged, "agent"))
	}
	return ""
}

// subject names the agent that is meant, with its path where that is given.
func (w Waiver) subject() string {
	if w.AgentSource != "" {
		return w.Agent + " of " + w.AgentSource
	}
	return w.Agent
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
