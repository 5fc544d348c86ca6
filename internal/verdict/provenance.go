package verdict

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/audition-dev/audition/internal/maestro"
)

// Policy is one source of rules, gates and data.
type Policy struct {
	Source string `json:"source"`
	// Digest is the SHA-256 of what was read of it.
	Digest   string `json:"digest"`
	Revision string `json:"revision"`
	// Signed tells that a signature was verified, with the key Key.
	Signed bool   `json:"signed"`
	Key    string `json:"key,omitempty"`
}

// Configuration is what the verdict was reached under.
type Configuration struct {
	// Sources are the files, the topmost first.
	Sources []Source `json:"sources"`
	// Waivers are the files of accepted findings, Assessments those of what was
	// decided about scores.
	Waivers     []Source `json:"waivers"`
	Assessments []Source `json:"assessments,omitempty"`
	// Estimates is the table of estimates; nil is the builtin one, which is part of the
	// builtin policy.
	Estimates *Source `json:"estimates,omitempty"`
	// Flags are settings of the run, as name=value.
	Flags []string `json:"flags"`
	// Changes are what differs from the default.
	Changes []Change `json:"changes"`
	// Thresholds are what the default gates compare with, nil in verdicts of former
	// versions.
	Thresholds *Thresholds `json:"thresholds,omitempty"`
}

// Thresholds are what gates compare with: scores from 0 to 10 from which, and severities
// of findings from which, an agent is rejected or reviewed. Upper is compared with the
// upper end of the score's interval.
type Thresholds struct {
	Reject struct {
		Score     json.Number      `json:"score"`
		Confirmed maestro.Severity `json:"confirmed"`
	} `json:"reject"`
	Review struct {
		Score     json.Number      `json:"score"`
		Upper     json.Number      `json:"upper"`
		Confirmed maestro.Severity `json:"confirmed"`
		Possible  maestro.Severity `json:"possible"`
	} `json:"review"`
}

// Source is a file and the SHA-256 of its content.
type Source struct {
	Source string `json:"source"`
	Digest string `json:"digest"`
}

// Change is one setting, or one selection of rules, that somebody changed.
type Change struct {
	Setting string `json:"setting"`
	From    string `json:"from"`
	To      string `json:"to"`
	SetBy   string `json:"set_by"`
	Reason  string `json:"reason,omitempty"`
	// Looser tells that it can make a verdict laxer than the default.
	Looser bool     `json:"looser"`
	Rules  []string `json:"rules,omitempty"`
}

// Rules says what became of every rule; each stands in one list, sorted.
type Rules struct {
	Fired  []string `json:"fired"`
	Silent []string `json:"silent"`
	// NotApplicable rules read only facts without a meaning for this agent.
	NotApplicable []string `json:"not_applicable"`
	// Waived rules fired, and every finding is waived. Those that warn fired, and
	// count for nothing by configuration; those that are off did not run.
	Waived []string `json:"waived"`
	Warn   []string `json:"warn"`
	Off    []string `json:"off"`
	// GatesOff are gates that did not decide.
	GatesOff []string `json:"gates_off"`
}

// Waiver is an accepted finding and what it comes to for this agent.
type Waiver struct {
	Source string `json:"source"`
	Line   int    `json:"line"`
	Rule   string `json:"rule"`
	Term   string `json:"term,omitempty"`
	// AgentSource is the path of the profile, where the waiver names it.
	AgentSource string `json:"agent_source,omitempty"`
	Reason      string `json:"reason"`
	Owner       string `json:"owner"`
	Ticket      string `json:"ticket,omitempty"`
	Created     string `json:"created"`
	Expires     string `json:"expires"`
	// State is active, expiring, or why the waiver covers nothing.
	State string `json:"state"`
	Why   string `json:"why,omitempty"`
	// Covers counts the findings it covers.
	Covers int `json:"covers"`
}

// Assessment is what an organisation decided about the score of the agent.
type Assessment struct {
	Source string `json:"source"`
	Line   int    `json:"line"`
	// Assessor decided; Date and Expires are the first and the last day it counts.
	Assessor string `json:"assessor"`
	Date     string `json:"date"`
	Expires  string `json:"expires"`
	// State is active, or why it does not count: pending, expired or changed.
	State string `json:"state"`
	Why   string `json:"why,omitempty"`
}

// WaiverOf returns the waiver of the verdict that accepts a finding, nil where
// none does. Without an index it is the first of the finding's rule and term at
// the place that WaivedBy says.
func (v *Verdict) WaiverOf(f Finding) *Waiver {
	accepts := func(w Waiver) bool {
		return f.WaivedBy == fmt.Sprintf("%s:%d", w.Source, w.Line) && w.Rule == f.Rule && (w.Term == "" || w.Term == f.Term)
	}
	i := slices.IndexFunc(v.Waivers, accepts)
	if f.Waiver != nil {
		i = *f.Waiver
	}
	if i < 0 || i >= len(v.Waivers) || !accepts(v.Waivers[i]) {
		return nil
	}
	return &v.Waivers[i]
}

// Inputs returns what b was judged by and a was not, by digest, and the other way
// around: profile and what it was made of, policies and who signed them, configuration
// and what it changes, waivers, assessments, estimates, settings, days and what is known
// already. A source that is elsewhere now is the same source.
func Inputs(a, b *Verdict) []Difference {
	var out []Difference
	add := func(what string, from, to []string) {
		for _, d := range from {
			if !slices.Contains(to, d) {
				out = append(out, Difference{What: what, From: d})
			}
		}
		for _, d := range to {
			if !slices.Contains(from, d) {
				out = append(out, Difference{What: what, To: d})
			}
		}
	}
	digests := func(sources []Source) (out []string) {
		for _, s := range sources {
			out = append(out, s.Digest)
		}
		return out
	}
	policies := func(v *Verdict) (out []string) {
		for _, p := range v.Policy {
			said := p.Digest
			if p.Signed {
				said += " signed with key " + p.Key
			}
			out = append(out, said)
		}
		return out
	}
	changes := func(v *Verdict) (out []string) {
		for _, c := range v.Configuration.Changes {
			looser := "not laxer"
			if c.Looser {
				looser = "laxer"
			}
			out = append(out, fmt.Sprintf("%s: %s → %s, %s: %s", c.Setting, c.From, c.To, looser, c.Reason))
		}
		return out
	}
	known := func(v *Verdict) (out []string) {
		if v.Enforcement != nil && v.Enforcement.NewSinceID != "" {
			out = append(out, v.Enforcement.NewSinceID)
		}
		return out
	}
	table := func(v *Verdict) (out []string) {
		if t := v.Configuration.Estimates; t != nil {
			out = append(out, t.Digest)
		}
		return out
	}
	read := func(v *Verdict) (out []string) {
		if v.Origin != nil {
			for _, f := range v.Origin.Files {
				out = append(out, f.Digest)
			}
		}
		return out
	}
	if a.Subject.Digest != b.Subject.Digest {
		out = append(out, Difference{What: "profile", From: a.Subject.Digest, To: b.Subject.Digest})
	}
	add("read", read(a), read(b))
	add("policy", policies(a), policies(b))
	add("configuration", digests(a.Configuration.Sources), digests(b.Configuration.Sources))
	add("change", changes(a), changes(b))
	add("known", known(a), known(b))
	add("waivers", digests(a.Configuration.Waivers), digests(b.Configuration.Waivers))
	add("assessments", digests(a.Configuration.Assessments), digests(b.Configuration.Assessments))
	add("estimates", table(a), table(b))
	add("setting", a.Configuration.Flags, b.Configuration.Flags)
	if a.EffectiveTime != b.EffectiveTime {
		out = append(out, Difference{What: "day", From: a.EffectiveTime, To: b.EffectiveTime})
	}
	if a.Today != b.Today {
		out = append(out, Difference{What: "today", From: a.Today, To: b.Today})
	}
	return out
}
