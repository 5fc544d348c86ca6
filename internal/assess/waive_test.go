package assess

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/verdict"
	"github.com/audition-dev/audition/internal/waiver"
)

var someDay = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

// accepting is a waiver of a rule for the agent of load, from someDay on.
func accepting(rule string) waiver.Waiver {
	return waiver.Waiver{
		Rule: rule, Agent: "a", Reason: "r", Owner: "o", Source: "w.yaml", Line: 1, Created: someDay, Expires: someDay.AddDate(0, 0, 60),
	}
}

// standingOf says how a rule stands: counting, suppressed or waived.
func standingOf(t *testing.T, v *verdict.Verdict, rule string) string {
	t.Helper()
	for _, f := range v.Findings {
		switch {
		case f.Rule != rule:
		case f.WaivedBy != "":
			return "waived"
		case f.SuppressedBy != "":
			return "suppressed"
		default:
			return "counts"
		}
	}
	t.Fatalf("no finding of %s", rule)
	return ""
}

// TestCoverHidesNothingThatIsNotWaivable: a waiver reaches no rule that may not be
// waived, also where the finding is covered by one that may.
func TestCoverHidesNothingThatIsNotWaivable(t *testing.T) {
	const cover, covered = "XL/unsandboxed-code-execution", "L4/sandbox-missing"
	p := load(t, "execution: {runs_code: true, sandbox: {present: false}}\n")
	for name, c := range map[string]struct {
		text, rule string
		want       string
	}{
		"nothing is waived":        {"locks: [{select: L4/*, waivable: false}]\n", "L1/model-undisclosed", "suppressed"},
		"the cover is waived":      {"", cover, "suppressed"},
		"what it covers counts":    {"locks: [{select: L4/*, waivable: false}]\n", cover, "counts"},
		"the cover may not either": {"locks: [{select: '*', waivable: false}]\n", cover, "suppressed"},
	} {
		a, err := configured(t, assessor(t), c.text)
		if err != nil {
			t.Fatal(err)
		}
		a.options.Waivers = []waiver.Waiver{accepting(c.rule)}
		v := assess(t, a, p)
		reason := slices.ContainsFunc(v.Reasons, func(r verdict.Reason) bool { return r.Rule == covered })
		if got := standingOf(t, v, covered); got != c.want || reason != (c.want == "counts") {
			t.Errorf("%s: %s %s, a reason: %v", name, covered, got, reason)
		}
	}
}

// TestWaiverHasAnIndex: of two on one line each finding has its own.
func TestWaiverHasAnIndex(t *testing.T) {
	a := assessor(t)
	a.day = someDay
	first, second := accepting("L4/sandbox-undisclosed"), accepting("L1/model-undisclosed")
	second.Index, second.Owner = 1, "another"
	a.options.Waivers = []waiver.Waiver{first, second}
	v, owners := assess(t, a, load(t, "execution: {runs_code: true}\n")), ""
	for _, f := range v.Findings {
		if w := v.WaiverOf(f); w != nil {
			owners += fmt.Sprintf("%s %s %d;", f.Rule, w.Owner, *f.Waiver)
		}
	}
	if want := "L1/model-undisclosed another 1;L4/sandbox-undisclosed o 0;"; owners != want {
		t.Errorf("got %s, want %s", owners, want)
	}
}

// TestWaiverOfOneOfSeveral: a waiver that names a path holds for the agent there.
func TestWaiverOfOneOfSeveral(t *testing.T) {
	p := load(t, "")
	for source, want := range map[string]string{"": "waived active", p.Source: "waived active", "b.yaml": "counts "} {
		a := assessor(t)
		w := accepting("L1/model-undisclosed")
		w.AgentSource = source
		a.day, a.options.Waivers = someDay, []waiver.Waiver{w}
		v := assess(t, a, p)
		got := standingOf(t, v, w.Rule) + " "
		for _, w := range v.Waivers {
			got += w.State
		}
		if got != want {
			t.Errorf("%q: %s, want %s", source, got, want)
		}
	}
}

// TestDayOfWaivers: a day that is still to come starts none, and the verdict says
// by which day they were judged.
func TestDayOfWaivers(t *testing.T) {
	a := assessor(t)
	a.day, a.options.Today, a.options.Waivers = someDay.AddDate(0, 0, 5), someDay.AddDate(0, 0, -1), []waiver.Waiver{accepting("L1/model-undisclosed")}
	v := assess(t, a, load(t, ""))
	if v.Waivers[0].State != "pending" || v.EffectiveTime != "2026-11-29" || v.Today != "2026-11-23" {
		t.Errorf("%s at %s, today %s", v.Waivers[0].State, v.EffectiveTime, v.Today)
	}
	a.options.Today = someDay
	if v = assess(t, a, load(t, "")); v.Waivers[0].State != "active" || v.Today != "2026-11-24" {
		t.Errorf("%s, today %s", v.Waivers[0].State, v.Today)
	}
	a.options.Today = a.day
	if v = assess(t, a, load(t, "")); v.Today != "" || !strings.HasPrefix(v.EffectiveTime, "2026") {
		t.Errorf("today %s", v.Today)
	}
}
