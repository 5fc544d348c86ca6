package show

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
	"github.com/audition-dev/audition/internal/waiver"
)

// waiverList is the document of WaiversJSON.
type waiverList struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	// At is the day that states are measured at.
	At    string       `json:"at"`
	Items []waiverItem `json:"items"`
}

// waiverItem is a waiver and what it comes to. All keys are always there, but for
// those that a waiver may leave out.
type waiverItem struct {
	State         waiver.State `json:"state"`
	Applies       bool         `json:"applies"`
	Why           string       `json:"why"`
	Rule          string       `json:"rule"`
	Term          string       `json:"term,omitempty"`
	Agent         string       `json:"agent"`
	Reason        string       `json:"reason"`
	Owner         string       `json:"owner"`
	Ticket        string       `json:"ticket,omitempty"`
	Created       string       `json:"created"`
	Expires       string       `json:"expires"`
	ProfileDigest string       `json:"profile_digest,omitempty"`
	// DaysLeft is 0 at the last day and negative after it.
	DaysLeft int `json:"days_left"`
	// Covers is how many findings of the judged agents it covers.
	Covers int    `json:"covers"`
	Source string `json:"source"`
	Line   int    `json:"line"`
}

// WaiversJSON prints what waivers come to at a day, for machines.
func WaiversJSON(w io.Writer, day time.Time, entries []waiver.Entry) error {
	list := waiverList{verdict.APIVersion, "WaiverList", day.Format(time.DateOnly), []waiverItem{}}
	for _, e := range entries {
		v := e.Waiver
		list.Items = append(list.Items, waiverItem{
			State: e.State, Applies: e.State.Applies(), Why: e.Why,
			Rule: v.Rule, Term: v.Term, Agent: v.Agent, Reason: v.Reason, Owner: v.Owner, Ticket: v.Ticket,
			Created: v.Created.Format(time.DateOnly), Expires: v.Expires.Format(time.DateOnly), ProfileDigest: v.ProfileDigest,
			DaysLeft: v.DaysLeft(day), Covers: e.Covers, Source: v.Source, Line: v.Line,
		})
	}
	return print.Encode(w, list)
}

// WaiversText prints what waivers come to at a day, for a person: a line each,
// one more where there is something to say, and a count of the states.
func WaiversText(w io.Writer, day time.Time, entries []waiver.Entry, o print.Options) error {
	p := print.New(o)
	states := map[waiver.State]int{}
	rows := make([][]string, len(entries))
	var wide [4]int
	for i, e := range entries {
		v := e.Waiver
		states[e.State]++
		rows[i] = []string{left(v.DaysLeft(day)), print.Clean(v.Agent), print.Clean(strings.TrimSpace(v.Rule + " " + v.Term)), print.Clean(v.Owner)}
		for j, cell := range rows[i] {
			wide[j] = max(wide[j], print.Width(cell))
		}
	}
	for i, e := range entries {
		line := p.Styled(style(e.State), fmt.Sprintf("%-9s", e.State)) + "  " + e.Waiver.Expires.Format(time.DateOnly)
		for j, cell := range rows[i] {
			line += "  " + print.Pad(cell, wide[j])
		}
		p.Line("", fmt.Sprintf("%s  %s:%d", line, print.Clean(e.Waiver.Source), e.Waiver.Line))
		if e.Why != "" {
			p.Wrapped(strings.Repeat(" ", 11), 11, e.Why)
		}
	}
	var said []string
	for _, s := range slices.Sorted(maps.Keys(states)) {
		said = append(said, fmt.Sprintf("%d %s", states[s], s))
	}
	p.Line("", fmt.Sprintf("%s at %s: %s", print.Count(len(entries), "waiver"), day.Format(time.DateOnly), cmp.Or(strings.Join(said, ", "), "nothing is waived")))
	return p.Flush(w)
}

func style(s waiver.State) string {
	switch s {
	case waiver.Active:
		return "credit"
	case waiver.Expiring:
		return "medium"
	}
	return "high"
}

func left(days int) string {
	switch {
	case days < 0:
		return "over"
	case days == 0:
		return "last day"
	}
	return print.Count(days, "day") + " left"
}
