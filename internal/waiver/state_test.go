package waiver

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

var (
	digestA = "sha256:" + strings.Repeat("a", 64)
	digestB = "sha256:" + strings.Repeat("b", 64)
)

// usual are limits that allow any lifetime.
var usual = Limits{Expiring: 30}

func TestState(t *testing.T) {
	limits := Limits{MaxLifetime: 90, Expiring: 30, Denied: func(rule string) bool { return rule == "L1/no" }}
	for _, c := range []struct {
		rule, created, expires, bound, day string
		want                               State
		left                               int
	}{
		// The first and the last day are days on which it holds.
		{"L1/a", "2026-10-02", "2026-12-31", "", "2026-10-01", Pending, 91},
		{"L1/a", "2026-10-02", "2026-12-31", "", "2026-10-02", Active, 90},
		{"L1/a", "2026-10-02", "2026-12-31", "", "2026-11-30", Active, 31},
		{"L1/a", "2026-10-02", "2026-12-31", "", "2026-12-01", Expiring, 30},
		{"L1/a", "2026-10-02", "2026-12-31", "", "2026-12-31", Expiring, 0},
		{"L1/a", "2026-10-02", "2026-12-31", "", "2027-01-01", Expired, -1},
		{"L1/a", "2026-10-02", "2026-10-02", "", "2026-10-02", Expiring, 0},
		// Leap days.
		{"L1/a", "2028-01-01", "2028-02-29", "", "2028-02-29", Expiring, 0},
		{"L1/a", "2028-01-01", "2028-02-29", "", "2028-03-01", Expired, -1},
		{"L1/a", "2028-01-15", "2028-03-31", "", "2028-02-29", Active, 31},
		// As long as allowed, and a day longer; a leap day is a day.
		{"L1/a", "2027-12-31", "2028-03-30", "", "2028-01-01", Active, 89},
		{"L1/a", "2027-12-31", "2028-03-31", "", "2028-01-01", Overlong, 90},
		{"L1/a", "0001-01-01", "9999-12-31", "", "2026-10-02", Overlong, 2912168},
		// Bound to a profile.
		{"L1/a", "2026-10-02", "2026-12-31", digestA, "2026-10-02", Active, 90},
		{"L1/a", "2026-10-02", "2026-12-31", digestB, "2026-10-02", Stale, 90},
		// What lasts longest is told.
		{"L1/no", "2026-10-02", "2026-12-31", digestB, "2026-10-01", Denied, 91},
		{"L1/no", "2026-10-02", "2026-12-31", "", "2027-01-01", Expired, -1},
		{"L1/a", "2026-10-02", "2027-12-31", digestB, "2026-10-02", Overlong, 455},
		{"L1/a", "2026-10-02", "2026-12-31", digestB, "2026-10-01", Stale, 91},
	} {
		w := Waiver{Rule: c.rule, Created: date(t, c.created), Expires: date(t, c.expires), ProfileDigest: c.bound}
		day := date(t, c.day)
		if got := w.State(Days{Effective: day}, limits, digestA); got != c.want || w.DaysLeft(day) != c.left {
			t.Errorf("%+v: %s, %d days left", c, got, w.DaysLeft(day))
		}
		if c.want.Applies() != (c.want == Active || c.want == Expiring) {
			t.Errorf("%s applies: %v", c.want, c.want.Applies())
		}
	}
	// Without limits nothing is too long or denied, without a digest nothing stale.
	w := Waiver{Rule: "L1/no", Created: date(t, "2026-10-02"), Expires: date(t, "2099-12-31"), ProfileDigest: digestB}
	if got := w.State(Days{Effective: date(t, "2026-10-02")}, usual, ""); got != Active {
		t.Error(got)
	}
}

func waiver(t *testing.T, line int, rule, term, agent, expires string) Waiver {
	return Waiver{Rule: rule, Term: term, Agent: agent, Created: date(t, "2026-01-01"), Expires: date(t, expires), Source: "w.yaml", Line: line}
}

func summary(entries []Entry) (out []string) {
	for _, e := range entries {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%d %s %d %s", e.Waiver.Line, e.State, e.Covers, e.Why)))
	}
	return out
}

func TestReview(t *testing.T) {
	bound := waiver(t, 9, "L3/pin", "mail", "a", "2026-12-31")
	bound.ProfileDigest = digestB
	waivers := []Waiver{
		waiver(t, 8, "L3/pin", "", "a", "2026-12-31"), // what is first in the file covers, not what is first here
		waiver(t, 1, "L3/pin", "shell", "a", "2026-12-31"),
		waiver(t, 2, "L3/pin", "shell", "a", "2026-06-01"),
		waiver(t, 3, "L3/pin", "shel", "a", "2026-12-31"),
		waiver(t, 4, "L4/egress", "", "a", "2026-12-31"),
		waiver(t, 5, "L4/egress", "", "b", "2026-07-01"),
		waiver(t, 6, "L3/pin", "", "c", "2026-12-31"),
		waiver(t, 7, "L4/egress", "shell", "b", "2026-12-31"),
		bound,
		waiver(t, 10, "L3/pin", "mail", "a", "2026-12-31"),
	}
	agents := []Agent{
		{Name: "a", Digest: digestA, Findings: []Key{{"L3/pin", "shell"}, {"L3/pin", "mail"}, {"L3/pin", "wiki"}, {"L5/log", ""}}},
		{Name: "b", Digest: digestB, Findings: []Key{{"L4/egress", ""}}},
	}
	day, limits := date(t, "2026-06-30"), usual
	want := []string{
		"1 active 1", "2 expired 0 ended on 2026-06-01", "3 unused 0 a has no such finding", "4 unused 0 a has no such finding",
		"5 expiring 1 ends in 1 day", "6 unmatched 0 c is not among the 2 agents judged", "7 unused 0 b has no such finding",
		"8 active 2", "9 stale 0 the profile of a is not the one that it was given for", "10 unused 0 w.yaml:8 covers that already",
	}
	if got := summary(Review(waivers, Days{Effective: day}, limits, agents)); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// Nothing judged: nothing is said about findings.
	if got := summary(Review(waivers, Days{Effective: day}, limits, nil)); got[2] != "3 active 0" || got[5] != "6 active 0" || got[8] != "9 active 0" {
		t.Error(got)
	}
	// A waiver may say which path it means.
	agents = append(agents, Agent{Name: "a", Digest: digestB, Findings: []Key{{"L3/pin", "mail"}}})
	limits = Limits{Denied: func(rule string) bool { return rule == "L4/egress" }, MaxLifetime: 151}
	got := summary(Review(waivers[2:], Days{Effective: day}, limits, agents))
	if got[1] != "3 overlong 0 runs for 364 days, at most 151 are allowed" || got[2] != "4 denied 0 the configuration does not let L4/egress be waived" {
		t.Error(got)
	}
	agents[0].Source, agents[2].Source = "one.yaml", "two.yaml"
	for source, want := range map[string]string{
		"two.yaml": "9 active 1", "one.yaml": "9 stale 0 the profile of a is not the one that it was given for",
		"three.yaml": "9 unmatched 0 a of three.yaml is not among the 3 agents judged",
	} {
		bound.AgentSource = source
		if got := summary(Review([]Waiver{bound}, Days{Effective: day}, usual, agents)); got[0] != want {
			t.Errorf("%s: %s", source, got)
		}
	}
	bound.AgentSource = ""
	if got := summary(Review([]Waiver{bound}, Days{Effective: date(t, "2025-12-31")}, limits, nil)); got[0] != "9 overlong 0 runs for 364 days, at most 151 are allowed" {
		t.Error(got)
	}
}

// TestMoreWaivers: more waivers cover the same findings or more, whatever order
// they are in, and what covers a finding applies to it.
func TestMoreWaivers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	covered := 0
	for n := range 2000 {
		// With a limit on lifetimes one more waiver can make another too long.
		limits := Limits{MaxLifetime: 200 * (n % 2), Expiring: 30, Denied: func(rule string) bool { return rule == "L1/c" }}
		day := date(t, "2026-06-15")
		agent := Agent{Name: "a", Digest: pick(digestA, digestB)}
		for range r.IntN(6) {
			agent.Findings = append(agent.Findings, Key{pick("L1/a", "L1/b", "L1/c"), pick("", "x", "y")})
		}
		var waivers []Waiver
		for i := range 1 + r.IntN(8) {
			waivers = append(waivers, Waiver{
				Rule: pick("L1/a", "L1/b", "L1/c"), Term: pick("", "", "x", "y", "z"), Agent: pick("a", "a", "b"), ProfileDigest: pick("", "", digestA, digestB),
				Created: date(t, pick("2026-01-01", "2026-06-15", "2026-06-16")), Expires: date(t, pick("2026-06-14", "2026-06-15", "2026-07-01", "2027-01-01")),
				Source: pick("v", "w"), Line: i,
			})
		}
		fewer := slices.Clone(waivers[:r.IntN(len(waivers))])
		before, after := Cover(fewer, Days{Effective: day}, limits, agent), Cover(waivers, Days{Effective: day}, limits, agent)
		slices.Reverse(waivers)
		again := Cover(waivers, Days{Effective: day}, limits, agent)
		for i, f := range agent.Findings {
			switch w := after[i]; {
			case before[i] != nil && w == nil && limits.MaxLifetime == 0:
				t.Fatalf("%v is covered no more by %+v", f, waivers)
			case (w == nil) != (again[i] == nil) || w != nil && *w != *again[i]:
				t.Fatalf("the order matters to %v of %+v", f, waivers)
			case w != nil && (!w.State(Days{Effective: day}, limits, agent.Digest).Applies() || w.Agent != "a" || w.Rule != f.Rule || w.Term != "" && w.Term != f.Term):
				t.Fatalf("%v is covered by %+v", f, *w)
			case w != nil:
				covered++
			}
		}
		total := 0
		for _, e := range Review(waivers, Days{Effective: day}, limits, []Agent{agent}) {
			total += e.Covers
			if e.State.Applies() != (e.Covers > 0) {
				t.Fatalf("%+v", e)
			}
		}
		if n := len(agent.Findings) - uncovered(after); total != n {
			t.Fatalf("entries cover %d of %d", total, n)
		}
	}
	if covered < 500 {
		t.Errorf("only %d findings were covered", covered)
	}
}

func uncovered(by []*Waiver) (n int) {
	for _, w := range by {
		if w == nil {
			n++
		}
	}
	return n
}

// TestRuns: waivers of one finding that touch or overlap count together.
func TestRuns(t *testing.T) {
	period := func(line int, created, expires string) Waiver {
		w := waiver(t, line, "L1/a", "", "a", expires)
		w.Created = date(t, created)
		return w
	}
	first, next := period(1, "2026-01-01", "2026-03-01"), period(2, "2026-03-02", "2026-05-01")
	limits := Limits{MaxLifetime: 90}
	const why = "2 overlong 0 with those before it, since 2026-01-01, runs for 120 days, at most 90 are allowed"
	change := func(f func(w *Waiver)) Waiver {
		w := first
		f(&w)
		return w
	}
	for name, c := range map[string]struct {
		before Waiver
		want   string
	}{
		"it touches":      {first, why},
		"it overlaps":     {change(func(w *Waiver) { w.Expires = next.Created }), why},
		"one term of it":  {change(func(w *Waiver) { w.Term = "x" }), why},
		"for one path":    {change(func(w *Waiver) { w.AgentSource = "a.yaml" }), why},
		"another profile": {change(func(w *Waiver) { w.ProfileDigest = digestA }), why},
		"a day between":   {change(func(w *Waiver) { w.Expires = date(t, "2026-02-28") }), "2 active 0"},
		"another rule":    {change(func(w *Waiver) { w.Rule = "L1/b" }), "2 active 0"},
		"another agent":   {change(func(w *Waiver) { w.Agent = "b" }), "2 active 0"},
		"it never held":   {change(func(w *Waiver) { w.Created = date(t, "2025-01-01") }), "2 active 0"},
	} {
		if got := summary(Review([]Waiver{next, c.before}, Days{Effective: next.Created}, limits, nil)); got[1] != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	limits.MaxLifetime = 120
	if got := summary(Review([]Waiver{next, first}, Days{Effective: next.Created}, limits, nil)); got[1] != "2 active 0" {
		t.Error(got)
	}
}

// TestNothingIsWaivedForLonger: however waivers follow each other, no finding is
// waived on more days in a row than the configuration allows.
func TestNothingIsWaivedForLonger(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	limits := Limits{MaxLifetime: 20}
	start, longest := date(t, "2026-01-01"), 0
	for range 300 {
		var waivers []Waiver
		for i := range 1 + r.IntN(6) {
			created := start.AddDate(0, 0, r.IntN(40))
			waivers = append(waivers, Waiver{
				Rule: "L1/a", Term: pick("", "x", "y"), Agent: "a", AgentSource: pick("", "a.yaml"), Created: created, Expires: created.AddDate(0, 0, r.IntN(25)), Line: i,
			})
		}
		agent, run := Agent{Name: "a", Source: "a.yaml", Findings: []Key{{"L1/a", "x"}}}, 0
		for day := range 70 {
			if run++; Cover(waivers, Days{Effective: start.AddDate(0, 0, day)}, limits, agent)[0] == nil {
				run = 0
			}
			if longest = max(longest, run); run > limits.MaxLifetime+1 {
				t.Fatalf("%d days in a row by %+v", run, waivers)
			}
		}
	}
	if longest != limits.MaxLifetime+1 {
		t.Errorf("nothing was waived for as long as allowed: %d days", longest)
	}
}

// TestToday: a day that is still to come lets waivers end, and starts none.
func TestToday(t *testing.T) {
	w := waiver(t, 1, "L1/a", "", "a", "2026-12-31")
	w.Created = date(t, "2026-06-01")
	for _, c := range []struct {
		effective, today string
		want             State
	}{
		{"2026-06-01", "2026-06-01", Active},
		{"2026-07-01", "2026-05-31", Pending},
		{"2026-07-01", "2026-06-01", Active},
		{"2027-01-01", "2026-06-01", Expired},
		{"2026-05-31", "2026-07-01", Pending}, // a day in the past is judged as it was
	} {
		if got := w.State(Days{date(t, c.effective), date(t, c.today)}, usual, ""); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}
