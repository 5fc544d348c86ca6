package waiver

import "time"

// Limits are what a configuration allows of waivers.
type Limits struct {
	// MaxLifetime is how many days may lie between created and expires, also of
	// waivers that follow each other; 0 is any.
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
	// These only whoever judged can tell.
	Unused    State = "unused"    // it could apply and covers no finding
	Unmatched State = "unmatched" // no agent of its name and source was judged
)

// Days are the days, both midnight in UTC, that waivers are judged at.
type Days struct {
	// Effective is the day of the verdict.
	Effective time.Time
	// Today is the day by the calendar. A verdict for a day that is still to come
	// starts no waiver before its time. The zero Today is Effective.
	Today time.Time
}

// started is the last day by which a waiver has to have begun.
func (d Days) started() time.Time {
	if !d.Today.IsZero() && d.Today.Before(d.Effective) {
		return d.Today
	}
	return d.Effective
}

// Applies tells whether a waiver in this state covers findings.
func (s State) Applies() bool { return s == Active || s == Expiring }

// State is what a waiver comes to by itself, for a profile of a digest; without a
// digest it is not asked whether the profile changed. Of several states it is the
// one that lasts longest. [Review] knows the other waivers and agents too.
func (w Waiver) State(at Days, limits Limits, digest string) State {
	return w.state(at, limits, digest, w.Created)
}

// state is the state of a waiver whose finding is waived without a gap since a day.
func (w Waiver) state(at Days, limits Limits, digest string, since time.Time) State {
	switch {
	case at.Effective.After(w.Expires):
		return Expired
	case limits.Denied != nil && limits.Denied(w.Rule):
		return Denied
	case limits.tooLong(since, w.Expires):
		return Overlong
	case digest != "" && w.ProfileDigest != "" && digest != w.ProfileDigest:
		return Stale
	case at.started().Before(w.Created):
		return Pending
	case w.DaysLeft(at.Effective) <= limits.Expiring:
		return Expiring
	}
	return Active
}

func (l Limits) tooLong(from, to time.Time) bool {
	return l.MaxLifetime > 0 && days(from, to) > l.MaxLifetime
}

// since is the first day of the run that a waiver prolongs: of waivers that can
// cover the same finding and begin at the latest the day after the one before
// ends. What is too long by itself never held and begins no run.
func (w Waiver) since(all []Waiver, limits Limits) time.Time {
	first := w.Created
	for longer := true; longer; {
		longer = false
		for _, v := range all {
			if v.Created.Before(first) && days(v.Expires, first) <= 1 && v.meets(w) && !limits.tooLong(v.Created, v.Expires) {
				first, longer = v.Created, true
			}
		}
	}
	return first
}

// meets tells whether two waivers can cover the same finding.
func (w Waiver) meets(v Waiver) bool {
	either := func(a, b string) bool { return a == "" || b == "" || a == b }
	return w.Rule == v.Rule && w.Agent == v.Agent && either(w.Term, v.Term) && either(w.AgentSource, v.AgentSource)
}

// DaysLeft is how many days follow day on which the waiver holds: 0 at its last
// one, negative when it has expired.
func (w Waiver) DaysLeft(day time.Time) int { return days(day, w.Expires) }

// days counts from a to b, both midnight in UTC. A time.Duration cannot hold
// more than 292 years.
func days(a, b time.Time) int { return int((b.Unix() - a.Unix()) / (24 * 60 * 60)) }
